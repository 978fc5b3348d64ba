"""On what papers are printed."""

from __future__ import annotations

from functools import partial

from fieldsales.screens.contract import Context
from fieldsales.screens.settings.groups import Group, group, labelled
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.pieces import column
from fieldsales.widgets.segmented import Option, Segmented

_SHEETS = ("a4", "letter")
_MARGINS = ("even", "filed")


class Sheets(Group):
    """Belongs to the file."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.papers: dict[str, Segmented] = {}
        fields = []
        for name, codes in (("size", _SHEETS), ("margin", _MARGINS)):
            options = [Option(code, words(f"settings.paper_{code}")) for code in codes]
            choice = Segmented(look, options, name=words(f"settings.paper_{name}"))
            choice.chosen.connect(partial(self._change, name))
            self.papers[name] = choice
            fields.append(labelled(look, f"settings.paper_{name}", choice))
        self.setLayout(column(look, group(look, "settings.papers", *fields)))

    def refresh(self) -> None:
        for name, choice in self.papers.items():
            chosen = str(setting(self.context.store, f"paper.{name}", ""))
            choice.set_key(chosen if chosen in choice.texts() else next(iter(choice.texts())))

    def _change(self, name: str, code: str) -> None:
        self.context.run(ChangeSetting(f"paper.{name}", code))
