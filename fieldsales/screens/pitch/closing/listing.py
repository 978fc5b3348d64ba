"""The list at the left: what there is to read, then the techniques, those that work best first."""

from __future__ import annotations

from collections.abc import Iterable

from fieldsales.domain.ranking import Tally
from fieldsales.screens.closing import technique_name
from fieldsales.screens.contract import Context
from fieldsales.screens.record_list import ShelfList
from fieldsales.services.library import Library
from fieldsales.store.queries import learnt
from fieldsales.store.queries.pipelines import stage_words
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.offers import MenuButton
from fieldsales.widgets.pieces import row as beside

READINGS = {"route": "forward", "signals": "signal", "rules": "check", "figures": "history"}
_ALL = "all"


class ClosingList(ShelfList[str]):
    """`stage` chooses of which deals the figures are."""

    def __init__(self, context: Context, shelf: Library) -> None:
        super().__init__(context, "closing", searchable=False)
        look, words = context.look, context.words
        self._shelf = shelf
        self._all = {code: code for code in (*READINGS, *shelf.techniques)}
        self._tallies: dict[str, Tally] = {}
        self._at = ""
        self.stage = MenuButton(look, words("closing.figures_of"), self._stages)
        self.stage.picked.connect(self._stage_picked)
        self.put(look, self.list, beside(look, self.stage, None))

    def read(self) -> None:
        """Read the figures anew."""
        store, words = self._context.store, self._context.words
        if self._at and self._at not in learnt.closing_stages(store):
            self._at = ""
        self._tallies = {one.key: one for one in learnt.techniques(store, self._at)}
        named = stage_words(store).get(self._at, "")
        told = words.choice("stage", named) if named else words("closing.all_stages")
        self.stage.say(told, told)
        self.reload()

    def _stages(self) -> list[tuple[str, str]]:
        store, words = self._context.store, self._context.words
        names = stage_words(store)
        stages = [
            (code, words.choice("stage", names[code])) for code in learnt.closing_stages(store)
        ]
        return [(_ALL, words("closing.all_stages")), *stages]

    def _stage_picked(self, stage: str) -> None:
        self._at = "" if stage == _ALL else stage
        self.read()

    def _wanted(self) -> Iterable[str]:
        known = [one for one in self._tallies.values() if one.key in self._shelf.techniques]
        worked = [one.key for one in known if one.worked]
        failed = [one.key for one in known if not one.worked]
        rest = [code for code in self._shelf.techniques if code not in self._tallies]
        return (*READINGS, *worked, *rest, *failed)

    def _entries(self) -> dict[str, str]:
        return self._all

    def _key(self, row: str) -> str:
        return row

    def _face(self, row: str) -> RowFace:
        words, code = self._context.words, row
        if code in READINGS:
            title, hint = words(f"closing.read.{code}"), words(f"closing.read_hint.{code}")
            return RowFace(title=title, subtitle=hint, mark=READINGS[code], mark_role="accent")
        tally = self._tallies.get(code)
        return RowFace(
            title=technique_name(words, code),
            subtitle=self._shelf.techniques[code].what,
            aside=words("objection.worked", worked=tally.worked, n=tally.n) if tally else "",
            aside_role="good" if tally and tally.worked * 2 > tally.n else "ink-3",
        )
