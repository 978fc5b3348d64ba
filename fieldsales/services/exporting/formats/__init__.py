"""One module per file format, found by walking.

To add one: a module with `SUFFIX` (lower case, with the dot) and `encoded(table) -> bytes`. What is
a text in the table must stay one in the file: none may run as a formula.
"""
