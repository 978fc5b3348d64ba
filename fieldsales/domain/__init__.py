"""The nouns of field selling and their core rules; standard library only."""
