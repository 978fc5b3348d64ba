"""Reusable Qt pieces that know no customer and no database.

Every piece takes a `Look` first: the theme, the icons and the words it is drawn and written with.
"""
