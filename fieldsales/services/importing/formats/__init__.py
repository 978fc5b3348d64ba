"""One module per file format, found by walking.

To add one: a module with `SUFFIXES` (lower case, with the dot), `sniff(path, head)` that tells
from the file's first bytes whether it is this format, `RANK` (formats with a lower one are asked
first) and `read(path, options, watch)` that gives a `Grid`.
"""
