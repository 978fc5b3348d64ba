"""Writing records as tables that a spreadsheet opens and `importing` reads back.

`deals` makes a `Table` in one language; `writing` puts it into a file of the format that the file's
name asks for. To add a format: add a module to `formats`.
"""
