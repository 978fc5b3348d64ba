"""The editor of a stage: name, probability, usual days, what it asks for, what to do in it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.fields import Field
from fieldsales.domain.pipeline import Stage
from fieldsales.domain.stage_evidence import EVIDENCE
from fieldsales.screens.contract import Context
from fieldsales.services.operations.pipelines import EditStage
from fieldsales.services.stages import own_actions, own_name, stage_actions, stage_name
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.look import Look
from fieldsales.widgets.pick_editors import BoxesEditor
from fieldsales.widgets.pieces import column, label, row, tool_button

_OPEN = (Group("", ("name", "probability", "usual_days", "gate", "actions"), ("name", "gate")),)
_END = (Group("", ("name",), ("name",)),)


class GateEditor(BoxesEditor):
    """The exit evidence (M25): each piece a box to tick."""

    def __init__(self, look: Look, field: Field) -> None:
        super().__init__(look, field, {code: look.words(f"evidence.{code}") for code in EVIDENCE})
        for box in self.boxes.values():
            box.setFont(look.theme.font())
        self.setLayout(column(look, *self.boxes.values(), gap=0))


class StageEditor(QWidget):
    """One stage at a time, saved by itself; the two ends have only a name."""

    shift_wanted = Signal(int)  # −1 one place to the front
    remove_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look, words = context.look, context.words
        self.stage: Stage | None = None
        self.title = label(look, size="section", bold=True, wrap=True)
        self.up = tool_button(look, "chevron-up", words("stages.up"), self._up)
        self.down = tool_button(look, "chevron-down", words("stages.down"), self._down)
        self.remove = tool_button(look, "trash", words("stages.remove"), self.remove_wanted.emit)
        self.up.setToolTip(words("stages.up_tip"))
        self.down.setToolTip(words("stages.down_tip"))
        self.hint = label(look, words("stages.end_hint"), tone="muted", wrap=True)
        self._forms = {
            is_open: Form(
                look, "stage", groups, self._commit, editors={"gate": GateEditor}, calm=False
            )
            for is_open, groups in ((True, _OPEN), (False, _END))
        }
        head = row(look, self.title, self.up, self.down, self.remove, gap=4)
        head.setStretch(0, 1)
        self.setLayout(column(look, head, self.hint, *self._forms.values(), None, gap=12))

    @property
    def form(self) -> Form:
        """The form of the stage that is shown."""
        return self._forms[self.stage is None or self.stage.is_open]

    def show_stage(self, stage: Stage, place: int, count: int) -> None:
        """Shows a stage, the `place`-th of `count`; what is being typed in it stays."""
        same = self.stage is not None and self.stage.id == stage.id
        if not same:
            self.flush()
        self.stage = stage
        self.title.setText(stage_name(self._context.words, stage))
        for part in (self.up, self.down, self.remove):
            part.setVisible(stage.is_open)
        self.up.setEnabled(place > 0)
        self.down.setEnabled(place < count - 1)
        self.remove.setEnabled(count > 1)
        self.hint.setVisible(not stage.is_open)
        for is_open, form in self._forms.items():
            form.setVisible(is_open == stage.is_open)
        if same:
            self.form.refresh(self._values(stage))
        else:
            self.form.load(self._values(stage))

    def _values(self, stage: Stage) -> dict[str, object]:
        """The fields as they are read: what came with the file by its name, not as nothing."""
        words = self._context.words
        return {
            "name": stage_name(words, stage),
            "probability": stage.probability,
            "usual_days": stage.usual_days,
            "gate": stage.gate,
            "actions": "\n".join(stage_actions(words, stage)),
        }

    def _commit(self, values: Mapping[str, object]) -> None:
        stage, words = self.stage, self._context.words
        assert stage is not None
        told = dict(values)
        if "name" in told:
            told["name"] = own_name(words, stage, str(told["name"]))
        if "actions" in told:
            told["actions"] = own_actions(words, stage, str(told["actions"]))
        self._context.workspace.run(EditStage(stage.id, told))

    def flush(self) -> bool:
        """Saves what is being typed."""
        return self.stage is None or self.form.flush()

    def _up(self) -> None:
        self.shift_wanted.emit(-1)

    def _down(self) -> None:
        self.shift_wanted.emit(1)
