"""Where relationships stand (M20): the matrix of needs, the same on screen and on paper."""
