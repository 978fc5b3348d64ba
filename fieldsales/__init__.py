"""fieldsales (随行销售): field selling at the client's site, without a network."""

__version__ = "0.1.0"
