"""The list of worksheets at the left: the newest first, by whom they are for, or searched."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from fieldsales.screens.contract import Context
from fieldsales.services.matching import Matcher
from fieldsales.store.queries.worksheets import WorksheetLine, worksheet_lines
from fieldsales.store.search import fold
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.side_list import SideList

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


class SheetList(SideList):
    """Search, whom they are for, and the list."""

    chosen = Signal(str)  # id of the only one selected
    entered = Signal()  # Enter
    trash_wanted = Signal(object)  # ids

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._reloading = False
        self._lines: dict[int, WorksheetLine] = {}
        self.search = SearchLine(look, words("ffab.search"))
        self.search.asked.connect(self.reload)
        self.scopes = Picks(look, name=words("ffab.for_whom"), clearable=False)
        self.scopes.set_key(_ALL)
        self.scopes.chosen.connect(self.reload)
        model: WindowedModel[WorksheetLine] = WindowedModel(
            words,
            (Column("title", "field.worksheet.title", self._spoken),),
            self._numbers,
            self._fetch,
        )
        none_found = EmptyState(
            look,
            words("ffab.none_found"),
            icon="search",
            action=words("ffab.show_all"),
            act=self.show_all,
        )
        self.list = ListPage(look, model, self._face, empty=none_found)
        self.list.rows.setAccessibleName(words("ffab.title"))
        self.list.selection_changed.connect(self._selected)
        self.list.opened.connect(self.entered)
        self.list.delete_wanted.connect(self._delete)
        self.put(look, self.list, self.search, self.scopes)

    def reload(self) -> None:
        """Reads the lines anew; nothing is chosen by that."""
        self._reloading = True
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
        self.list.model.reload()
        self._reloading = False

    def show_all(self) -> None:
        """Neither searched nor filtered any more."""
        self.search.setText("")
        self.scopes.set_key(_ALL)
        self.reload()

    def choose(self, sheet_id: str) -> bool:
        """Selects a worksheet; one that is hidden shows all. False if it is gone."""
        number = next((n for n, one in self._lines.items() if one.sheet.id == sheet_id), None)
        if number is None:
            return False
        if number not in self.list.model.numbers:
            self.show_all()
        if number != self.list.current_number() or self.list.selected_count() != 1:
            self._reloading = True
            self.list.select_number(number)
            self._reloading = False
        return True

    @property
    def any(self) -> bool:
        """Whether there is a worksheet at all."""
        return bool(self._lines)

    def shown(self) -> list[WorksheetLine]:
        """The lines in the order shown."""
        return [self._lines[number] for number in self.list.model.numbers]

    def neighbour(self) -> str:
        """Which to go on with once those selected are gone, '' for none."""
        line = self._lines.get(self.list.neighbour())
        return line.sheet.id if line is not None else ""

    def _numbers(self, _sort: str, _descending: bool) -> Sequence[int]:
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

    def _fetch(self, wanted: Sequence[int]) -> list[WorksheetLine | None]:
        return [self._lines.get(number) for number in wanted]

    def _ids(self) -> list[str]:
        return [self._lines[number].sheet.id for number in self.list.selected_numbers()]

    def _selected(self, count: int) -> None:
        if not self._reloading and count == 1:
            self.chosen.emit(self._ids()[0])

    def _delete(self) -> None:
        self.trash_wanted.emit(self._ids())

    # how a line looks

    def _spoken(self, line: WorksheetLine) -> str:
        face = self._face(line)
        return " ".join(filter(None, (face.title, *(c.text for c in face.chips), face.subtitle)))

    def _face(self, line: WorksheetLine) -> RowFace:
        words = self._context.words
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
