"""Within how many days feedback and complaints are to be answered (M35)."""

from __future__ import annotations

from fieldsales.domain.feedback import USUAL_DAYS
from fieldsales.screens.contract import Context
from fieldsales.screens.settings.groups import Group, group, labelled
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.pieces import column, label
from fieldsales.widgets.segmented import Option, Segmented

_DAYS = (1, 2, USUAL_DAYS, 5, 7)


class FeedbackSettings(Group):
    """Belongs to the file; one that has a day of its own keeps it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        days = [Option(str(n), words("feedback.days", n=n)) for n in _DAYS]
        self.days = Segmented(look, days, name=words("settings.feedback_days"))
        self.days.chosen.connect(self._change)
        hint = label(look, words("settings.feedback_hint"), size="caption", tone="muted", wrap=True)
        asked = labelled(look, "settings.feedback_days", self.days)
        self.setLayout(column(look, group(look, "feedback.title", asked, hint)))

    def refresh(self) -> None:
        """Shows what holds now."""
        known = str(setting(self.context.store, "feedback.days", USUAL_DAYS))
        self.days.set_key(known if known in self.days.texts() else str(USUAL_DAYS))

    def _change(self, key: str) -> None:
        self.context.run(ChangeSetting("feedback.days", int(key)))
