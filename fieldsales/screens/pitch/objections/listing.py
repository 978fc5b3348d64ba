"""The list of objections at the left: search by what was said, a step of the sale, the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal

from fieldsales.screens.contract import Context
from fieldsales.screens.objection import quoted
from fieldsales.screens.record_list import ShelfList
from fieldsales.services.library import Objection
from fieldsales.services.objections import STEPS, Objections
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import button
from fieldsales.widgets.pieces import row as beside

_FOUND = 40


class ObjectionList(ShelfList[Objection]):
    """What is on the shelf, or of it what was searched; own entries first within a step."""

    heard_wanted = Signal()  # what visits heard that is not on the shelf

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        self.shelf = Objections(context.store, words.language)
        super().__init__(context, "objections")
        self.step = Picks(look, name=words("objections.step"), clearable=True)
        self.step.chosen.connect(self.reload)
        self.heard = button(look, "", self.heard_wanted.emit, role="link")
        self.heard.hide()
        self.put(look, self.list, self.search, self.step, beside(look, self.heard, None))
        shelf = self.shelf  # how it sounds takes a moment: not when the first word is being typed
        context.jobs.start(lambda _job: shelf.warm())

    def read(self, new: int) -> None:
        """Read the shelf anew; `new`: how many objections of visits are not on it."""
        self.shelf = Objections(self._context.store, self._context.words.language)
        words = self._context.words
        self.heard.setText(words("objections.heard_new", n=new))
        self.heard.setVisible(new > 0)
        counts = dict.fromkeys(STEPS, 0)
        for entry in self.shelf.entries.values():
            if entry.step in counts:
                counts[entry.step] += 1
        self.step.set_picks(
            [Pick(step, words(f"objection.step.{step}"), str(n)) for step, n in counts.items()]
        )
        self.reload()

    def show_all(self) -> None:
        self.step.set_key("")
        super().show_all()

    def _entries(self) -> Mapping[str, Objection]:
        return self.shelf.entries

    def _key(self, row: Objection) -> str:
        return row.code

    def _wanted(self) -> Iterable[str]:
        said, step = self.search.text().strip(), self.step.key
        if said:
            found = self.shelf.find(said, _FOUND)
        else:
            found = sorted(
                self.shelf.entries.values(),
                key=lambda one: (
                    STEPS.index(one.step) if one.step in STEPS else len(STEPS),
                    one.code not in self.shelf.own,
                ),
            )
        return [one.code for one in found if step in ("", one.step)]

    def _face(self, row: Objection) -> RowFace:
        words, times = self._context.words, self.shelf.heard.get(row.code, 0)
        own = row.code in self.shelf.own
        return RowFace(
            title=row.title,
            subtitle=quoted(words, row.heard[0]) if row.heard else "",
            aside=words("objections.times", n=times) if times else "",
            chips=(ChipFace(words("objections.own"), "accent"),) if own else (),
        )
