"""How large camera photos are kept."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.settings.groups import Group, group, labelled
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.photos import SIDE, SIDES, side_wanted
from fieldsales.widgets.pieces import column, label
from fieldsales.widgets.segmented import Option, Segmented


class PhotoSettings(Group):
    """Belongs to the file; photos that are in already stay as they are."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        options = [
            Option(
                str(side),
                words("settings.photo_side", n=side) if side else words("settings.photo_whole"),
            )
            for side in SIDES
        ]
        self.side = Segmented(look, options, name=words("settings.photo_sides"))
        self.side.chosen.connect(self._change)
        hint = label(look, words("settings.photos_hint"), size="caption", tone="muted", wrap=True)
        asked = labelled(look, "settings.photo_sides", self.side)
        self.setLayout(column(look, group(look, "settings.photos", asked, hint)))

    def refresh(self) -> None:
        """Shows what holds now."""
        self.side.set_key(str(side_wanted(self.context.store)))

    def _change(self, key: str) -> None:
        self.context.run(ChangeSetting(SIDE, int(key)))
