"""Who sits in the buying group (M16): its map, the same on screen and on paper."""
