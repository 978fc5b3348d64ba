"""The list of worksheets at the left: the newest first, by whom they are for, or searched."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.screens.contract import Context
from fieldsales.screens.record_list import RecordList
from fieldsales.services.matching import Matcher
from fieldsales.store.queries.worksheets import WorksheetLine, worksheet_lines
from fieldsales.store.search import fold
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks

_ALL = "all"
_SCOPES = ("anyone", "industry", "customer", "deal")
_MOST_FOUND = 200


def scope(line: WorksheetLine) -> str:
    """Whom a worksheet is for: the narrowest holds."""
    sheet = line.sheet
    if sheet.deal_id:
        return "deal"
    if sheet.customer_id:
        return "customer"
    return "industry" if sheet.industry else "anyone"


class SheetList(RecordList[WorksheetLine]):
    """Search, whom they are for, and the list."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "ffab")
        look, words = context.look, context.words
        self._lines: dict[int, WorksheetLine] = {}
        self.scopes = Picks(look, name=words("ffab.for_whom"), clearable=False)
        self.scopes.set_key(_ALL)
        self.scopes.chosen.connect(self.reload)
        self.put(look, self.list, self.search, self.scopes)

    def reload(self) -> None:
        """Reads the lines anew; nothing is chosen by that."""
        self._lines = {one.number: one for one in worksheet_lines(self._context.store)}
        counts = dict.fromkeys(_SCOPES, 0)
        for line in self._lines.values():
            counts[scope(line)] += 1
        words = self._context.words
        picks = [Pick(_ALL, words("ffab.all"), str(len(self._lines)))]
        picks += [Pick(key, words(f"ffab.for.{key}"), str(counts[key]))
                  for key in _SCOPES if counts[key] or key == self.scopes.key]  # fmt: skip
        self.scopes.set_picks(picks)
        self.scopes.setVisible(len(picks) > 2)
        super().reload()

    def show_all(self) -> None:
        self.scopes.set_key(_ALL)
        super().show_all()

    def any(self) -> bool:
        return bool(self._lines)

    def _numbers(self, sort: str, descending: bool) -> Sequence[int]:
        wanted = self.scopes.key
        passed = [one for one in self._lines.values() if wanted in (_ALL, scope(one))]
        asked = self.search.text().strip()
        if not asked:
            return [one.number for one in passed]
        texts = {
            str(one.number): [one.sheet.title, one.product, one.customer, one.deal]
            for one in passed
        }
        literal = [one.number for one in passed
                   if fold(asked) in fold(" ".join(texts[str(one.number)]))]  # fmt: skip
        alike = map(int, Matcher(texts).find(asked, _MOST_FOUND))
        return literal or list(alike)

    def _fetch(self, numbers: Sequence[int]) -> list[WorksheetLine | None]:
        return [self._lines.get(number) for number in numbers]

    def _key(self, row: WorksheetLine) -> str:
        return row.sheet.id

    def _number(self, key: str) -> int | None:
        return next((n for n, one in self._lines.items() if one.sheet.id == key), None)

    def _face(self, row: WorksheetLine) -> RowFace:
        words, line = self._context.words, row
        whom = {
            "deal": line.customer,
            "customer": line.customer,
            "industry": words.choice("industry", line.sheet.industry),
        }.get(scope(line), "")
        chips = (ChipFace(whom, icon="building" if line.customer else ""),) if whom else ()
        product = line.product
        if line.product_gone and product:
            product = words("ffab.product_gone", name=product)
        rows = words("ffab.n_rows", n=line.rows) if line.rows else words("ffab.n_rows_none")
        said = " · ".join(filter(None, (product, line.deal)))
        answers = ""
        if line.customer and line.rows:
            answers = words("ffab.n_answer", n=line.answering, of=line.rows)
        return RowFace(
            title=line.sheet.title,
            subtitle=said or words("ffab.for_anyone"),
            aside=rows,
            below=answers,
            chips=chips,
        )
