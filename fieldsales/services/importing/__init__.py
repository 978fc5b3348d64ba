"""Reading customers and contacts from the files people have: spreadsheets, text tables, vCards.

`reading.read` gives a `Sheet` whatever the file is, `mapping.guess` says which column fills which
field. To add a format: add a module to `formats`.
"""
