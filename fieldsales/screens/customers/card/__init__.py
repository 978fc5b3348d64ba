"""The card of one customer: its header and its sections, each a file of its own."""
