"""The walk-around check (M22): a text looked at from all four quadrants."""
