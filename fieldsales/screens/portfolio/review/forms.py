"""What a decision asks for: another class with its reason, a note, a task."""

from __future__ import annotations

from datetime import timedelta

from fieldsales.domain.fields import Field, Kind
from fieldsales.domain.portfolio import CLASSES
from fieldsales.domain.review import CORRECTED, NOTED, TASK
from fieldsales.screens.asking import Asking
from fieldsales.screens.contract import Context
from fieldsales.services.operations.reviews import DecideItem
from fieldsales.services.workspace import Operation
from fieldsales.store.queries.reviews import Reviewed
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.editors import Editor
from fieldsales.widgets.pick_editors import ChoiceEditor

_HELD = 180  # days a correction lasts unless told
_DUE = 7  # days until a task is due unless told


class Correcting(Asking):
    """Which class it should be instead, why, and until when."""

    def __init__(self, context: Context, one: Reviewed) -> None:
        self._one = one
        super().__init__(
            context,
            "class_pin",
            ("code", "until", "reason"),
            context.words("review.correct_go"),
            wide=("reason",),
        )
        self.title.setText(context.words.choice("class_method", one.item.method))

    def ask(self) -> None:
        item, today = self._one.item, self.context.look.clock.today()
        until = (today + timedelta(days=_HELD)).isoformat()
        self.start({"code": item.was, "until": until}, "code")

    def _editor(self, spec: Field, text: str, finder: Finder | None) -> Editor:
        if spec.name != "code":
            return super()._editor(spec, text, finder)
        method = self._one.item.method
        listed = Field("code", Kind.CHOICE, required=True, choices=CLASSES[method], list=method)
        return ChoiceEditor(self.context.look, listed, calm=False)

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        decided = DecideItem(self._one.item.id, CORRECTED, pin=values)
        return decided, self.context.words("review.done.corrected", name=self._one.customer)


class Noting(Asking):
    """What is worth keeping of what was said."""

    def __init__(self, context: Context, one: Reviewed) -> None:
        self._one = one
        words = context.words
        super().__init__(context, "review_item", ("note",), words("review.note_go"), wide=("note",))
        self.title.setText(words("review.note_title"))

    def ask(self) -> None:
        self.start({"note": self._one.item.note}, "note")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        decided = DecideItem(self._one.item.id, NOTED, note=str(values["note"]))
        return decided, self.context.words("review.done.noted", name=self._one.customer)


class TaskAsking(Asking):
    """What is to be done about the customer, and by when."""

    def __init__(self, context: Context, one: Reviewed) -> None:
        self._one = one
        words = context.words
        super().__init__(context, "task", ("title", "due"), words("review.task_go"))
        self.title.setText(words("review.task_title"))

    def ask(self) -> None:
        words, today = self.context.words, self.context.look.clock.today()
        title = words(f"review.task.{self._one.item.kind}", name=self._one.customer)
        self.start({"title": title, "due": (today + timedelta(days=_DUE)).isoformat()}, "title")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        decided = DecideItem(self._one.item.id, TASK, task=values)
        return decided, self.context.words("review.done.task", name=self._one.customer)
