"""The people of one customer: who sits there, who decides, where we stand with each of them."""
