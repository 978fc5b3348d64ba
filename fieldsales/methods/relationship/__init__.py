"""Where we stand with people (M16–M20): roles, needs, the four cells of the relationship."""
