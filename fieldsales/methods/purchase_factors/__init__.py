"""The five purchase factors (M24)."""
