"""The page of one deal, part by part."""
