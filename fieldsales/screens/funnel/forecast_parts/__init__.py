"""The forecast, part by part."""
