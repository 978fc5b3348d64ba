"""How deep a need goes (M37): said, actual, behind it."""
