"""The page: everything deleted, newest first; restoring is one key, emptying one press."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.screens.contract import Context, Screen
from fieldsales.services.emptying import DAYS, SETTING, days
from fieldsales.services.operations.emptying import EmptyTrash
from fieldsales.services.operations.records import RestoreRecords, RestoreSeveral
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.store.journal import Changed
from fieldsales.store.queries.trash import Trashed, kinds, trashed
from fieldsales.store.search import fold
from fieldsales.widgets.combo import Combo
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button, label, row
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.search_line import SearchLine

_WAIT = 5.0  # seconds for whoever else writes
_ICONS = {
    "customer": "building",
    "contact": "person",
    "deal": "funnel",
    "visit": "visit",
    "need": "need",
    "task": "task",
    "interaction": "message",
    "satisfaction": "signal",
    "attachment": "attach",
    "assessment": "profile",
    "saved_filter": "filter",
    "proposal": "document",
    "receivable": "money",
    "payment": "money",
    "product": "cart",
    "worksheet": "pitch",
    "own_entry": "library",
    "checklist": "check",
    "checklist_result": "document",
    "sale": "money",
}


class TrashScreen(Screen):
    """A list with a search line; Enter or the button takes the selected back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._all: list[Trashed] = []
        self._shown: dict[int, Trashed] = {}  # by number, newest first
        self._known: dict[str, int] = {}  # numbers of ids, the same as long as the page lives
        self.search = SearchLine(look, words("trash.search"))
        self.search.asked.connect(self._filter)
        self._restore = button(
            look, words("common.restore"), self.restore, icon="restore", role="primary"
        )
        self._empty = button(look, words("trash.empty_now"), self.empty_now, icon="trash")
        self.kind = Combo(look)
        self.kind.setAccessibleName(words("trash.noun"))
        self.kind.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.kind.activated.connect(self._filter)
        self.strip = PageStrip(look, words("trash.title"))
        self.strip.fill(self.kind, self.search, self._empty, self._restore)
        self.after = Combo(look)
        self.after.setAccessibleName(words("trash.by_itself"))
        for count in DAYS:
            key = "trash.after_days" if count else "trash.never"
            self.after.addItem(words(key, n=count), count)
        self.after.activated.connect(self._change_after)
        model: WindowedModel[Trashed] = WindowedModel(
            words,
            (
                Column("name", "trash.name", self._name, 320),
                Column("noun", "trash.noun", lambda one: words(f"noun.{one.noun}"), 120),
                Column("customer", "trash.of", lambda one: one.customer, 220),
                Column(
                    "when", "trash.when", lambda one: words.moment(from_stamp(one.trashed_at)), 160
                ),
            ),
            self._numbers,
            self._fetch,
        )
        self.list = ListPage(look, model, self._face)
        self.search.list_wanted.connect(self.list.focus_list)
        self.search.first_wanted.connect(self.list.focus_list)
        self.list.opened.connect(self._entered)
        self.list.selection_changed.connect(self._selected)
        self.setFocusProxy(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        by_itself = label(look, words("trash.by_itself"), tone="muted")
        line = row(look, by_itself, self.after, None, gap=8)
        side = look.theme.px(24)
        line.setContentsMargins(side, 0, side, look.theme.px(12))
        layout.addLayout(line)
        layout.addWidget(self.list, 1)
        self._selected(0)

    def refresh(self) -> None:
        self._all = trashed(self.context.store)
        there_are = bool(self._all)
        self.strip.aside.setText(self.context.words.number(len(self._all)) if there_are else "")
        for part in (self.kind, self.search, self._empty, self._restore):
            part.setVisible(there_are)
        self._fill_kinds()
        self.after.setCurrentIndex(self.after.findData(days(self.context.store)))
        self.list.set_empty(self._nothing_found() if there_are else self._nothing_there())
        self._filter()

    def _fill_kinds(self) -> None:
        """The kinds there are, with how many; the one chosen stays while there are any."""
        words, chosen = self.context.words, self.kind.currentData()
        self.kind.clear()
        self.kind.addItem(words("trash.all_kinds"), "")
        for noun, count in kinds(self._all).items():
            name = words(f"noun.{noun}")
            self.kind.addItem(words("trash.kind", kind=name, n=words.number(count)), noun)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))

    def _nothing_there(self) -> EmptyState:
        words = self.context.words
        return EmptyState(
            self.context.look, words("trash.empty"), icon="trash", hint=words("trash.empty_hint")
        )

    def _nothing_found(self) -> EmptyState:
        words = self.context.words
        return EmptyState(
            self.context.look,
            words("trash.nothing_found"),
            icon="search",
            action=words("trash.clear_search"),
            act=self._show_all,
        )

    def _show_all(self) -> None:
        self.kind.setCurrentIndex(0)
        self.search.clear_now()
        self._filter()

    def concerns(self, changed: Changed) -> bool:
        return bool(changed.rows)

    def restore(self) -> None:
        """Takes the selected records back, as one operation; the next one is selected."""
        chosen = [self._shown[number] for number in self.list.selected_numbers()]
        if not chosen:
            return
        following = self.list.neighbour()
        said = self.context.words("trash.restored", n=len(chosen))
        several = RestoreSeveral(tuple((one.noun, one.id) for one in chosen))
        if self.context.run(several, undoable=said) is not None:
            self.list.select_number(following)

    def empty_now(self) -> None:
        """Empties it of what is shown, beside the window, as one operation that undo takes back."""
        context = self.context
        operation = EmptyTrash(tuple((one.noun, one.id) for one in self._shown.values()))

        def work(_job: Job) -> Changed:
            try:
                return context.workspace.run(operation, wait=_WAIT)
            finally:
                context.store.release()

        title = context.words("trash.emptying")
        context.jobs.start(work, partial(self._emptied, operation), context.tell, title)

    def _emptied(self, operation: EmptyTrash, changed: Changed) -> None:
        words, kept = self.context.words, sum(operation.kept)
        gone = len(operation.chosen) - kept
        said = words("trash.emptied", n=gone)
        if kept:
            said += words("trash.still_needed", n=kept)
        if not gone:
            self.context.say(Message(said, key="undo"))
            return
        undo, action = partial(self.context.undo, changed.op), words("common.undo")
        self.context.say(Message(said, "success", action=action, act=undo, key="undo"))

    def _change_after(self, at: int) -> None:
        """What is older than that goes at the next start."""
        self.context.run(ChangeSetting(SETTING, int(self.after.itemData(at))))

    def _entered(self, number: int) -> None:
        """Enter: back with those selected; one that is alone is shown in its place."""
        if self.list.selected_count() > 1:
            self.restore()
            return
        one = self._shown[number]
        said = self.context.words("trash.restored", n=1)
        if self.context.run(RestoreRecords(one.noun, (one.id,)), undoable=said) and (
            one.noun in ("customer", "contact", "deal", "visit", "proposal", "receivable")
        ):
            self.context.open(one.noun, one.id)

    def _filter(self, _at: int = 0) -> None:
        asked, kind = fold(self.search.text().strip()), self.kind.currentData()
        self._shown = {
            self._known.setdefault(one.id, len(self._known)): one
            for one in self._all
            if asked in fold(f"{self._name(one)} {one.customer}") and kind in ("", None, one.noun)
        }
        self.list.model.reload()
        narrowed = len(self._shown) < len(self._all)
        key = "trash.empty_shown" if narrowed else "trash.empty_now"
        self._empty.setText(self.context.words(key))
        self._empty.setEnabled(bool(self._shown))

    def _numbers(self, _sort: str, _descending: bool) -> array[int]:
        return array("q", self._shown)

    def _fetch(self, numbers: Sequence[int]) -> list[Trashed]:
        return [self._shown[number] for number in numbers if number in self._shown]

    def _name(self, one: Trashed) -> str:
        return one.name or self.context.words(f"noun.{one.noun}")

    def _face(self, one: Trashed) -> RowFace:
        words = self.context.words
        parts = [words(f"noun.{one.noun}") if one.name else "", one.customer]
        if one.merged:
            parts.append(words("trash.merged", name=one.merged))
        if one.together:
            parts.append(words("trash.together", n=one.together))
        day = local_day(one.trashed_at)
        return RowFace(
            title=self._name(one),
            subtitle=" · ".join(filter(None, parts)),
            mark=_ICONS.get(one.noun, "document"),
            aside=words.days_from(day, self.context.look.clock.today()),
        )

    def _selected(self, count: int) -> None:
        self._restore.setEnabled(count > 0)
