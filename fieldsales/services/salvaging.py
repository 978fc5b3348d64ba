"""What a salvage says of itself: table by table, what came along and what is lost."""

from __future__ import annotations

from fieldsales.store.salvage import Salvaged
from fieldsales.words import Words


def lines(saved: Salvaged, words: Words) -> list[str]:
    """One line a kind of record, those of which some are lost first; then files and references."""
    told = []
    for noun, one in sorted(saved.tables.items(), key=lambda each: -each[1].lost):
        key = "salvage.table_lost" if one.lost else "salvage.table"
        back = words("salvage.put_back", n=one.put_back) if one.put_back else ""
        told.append(words(key, noun=words(f"noun.{noun}"), n=one.there, lost=one.lost) + back)
    if saved.files.there or saved.files.lost:
        key = "salvage.files_lost" if saved.files.lost else "salvage.files"
        told.append(words(key, n=saved.files.there, lost=saved.files.lost))
    if saved.loosened:
        told.append(words("salvage.loosened", n=saved.loosened))
    return told
