"""How people think (M21): four quadrants as a kite, the same on screen and on paper."""
