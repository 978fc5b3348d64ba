"""Whom we negotiate with (M23): two scales, the same on screen and on paper."""
