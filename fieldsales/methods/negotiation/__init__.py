"""Negotiation partners (M23): eagle, sheep, fox, donkey."""
