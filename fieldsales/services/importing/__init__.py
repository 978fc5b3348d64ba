"""Importing customers and contacts from the files people have: spreadsheets, text tables, vCards.

`reading.read` gives a `Sheet` whatever the file is; `importer` proposes which column fills what,
rehearses the import and does it; `naming` says it all in words. To add a format: add a module to
`formats`.
"""
