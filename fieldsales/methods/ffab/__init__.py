"""FFAB: what a product has, told as what this customer gets (M28)."""
