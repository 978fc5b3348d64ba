"""What a loss, lateness and a discount cost (M40, M41, M30): rules, what they say, their curve."""
