"""The list at the left: pairs that may be the same, the likeliest first, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fieldsales.screens.alike import why
from fieldsales.screens.contract import Context
from fieldsales.screens.duplicates.found import Shown
from fieldsales.screens.record_list import ShelfList
from fieldsales.widgets.list_views import RowFace

_SURE = 85  # percent from which on hardly a doubt is left


class PairList(ShelfList[Shown]):
    """Told by the page which pairs there are; it keeps none."""

    def __init__(self, context: Context) -> None:
        self._pairs: dict[str, Shown] = {}
        super().__init__(context, "duplicates", searchable=False)
        self.put(context.look, self.list)

    def show_pairs(self, pairs: Iterable[Shown]) -> None:
        """These and no others."""
        self._pairs = {pair.key: pair for pair in pairs}
        self.reload()

    def any(self) -> bool:
        return bool(self._pairs)

    def _entries(self) -> Mapping[str, Shown]:
        return self._pairs

    def _wanted(self) -> Iterable[str]:
        return self._pairs

    def _key(self, row: Shown) -> str:
        return row.key

    def _face(self, row: Shown) -> RowFace:
        words = self._context.words
        sure = row.pair.score >= _SURE
        return RowFace(
            title=f"{row.one.name}  ⇄  {row.other.name}",
            subtitle=why(words, row.pair.reasons),
            aside=f"{row.pair.score}%",
            aside_role="accent" if sure else "ink-3",
            below=row.one.where or row.other.where,
        )
