"""Says once, after a start, that half a sentence from before is still there."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.store import drafts
from fieldsales.widgets.message_bar import Message

_TOLD = "window/draft_told"  # moment of the newest one that was spoken of
_SHOWN = (
    *("customer", "contact", "deal", "need", "preference", "task", "interaction", "visit"),
    "checklist_result",
)


def tell(context: Context) -> None:
    """Speaks of text that was typed and never saved, with the way there."""
    latest = drafts.latest(context.store)
    if latest is None:
        return
    noun, row_id, at = latest
    if noun not in _SHOWN or str(context.state.value(_TOLD) or "") >= at:
        return
    context.state.setValue(_TOLD, at)
    words = context.words
    context.say(
        Message(
            words("window.found_again"),
            "info",
            action=words("window.found_again_show"),
            act=lambda: context.open(noun, row_id),
            key="found_again",
        )
    )
