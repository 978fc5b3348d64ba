"""fieldsales (随行销售): a field-sales application that works at the client's site without a network."""

__version__ = "0.1.0"
