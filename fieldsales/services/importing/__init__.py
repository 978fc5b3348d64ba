"""Importing customers and contacts from the files people have: spreadsheets, text tables, vCards.

`reading.read` gives a `Sheet` whatever the file is; `importer` proposes how its columns fill fields,
rehearses the import and does it; `naming` says it all in words. To add a format: add a module to
`formats`.
"""
