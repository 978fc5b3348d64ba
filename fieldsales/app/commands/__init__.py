"""Commands that paint: they build the window offscreen. The recipe stands in `fieldsales.cli`."""
