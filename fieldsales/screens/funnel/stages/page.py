"""The page of a pipeline: its stages in order at the left, the one that is chosen at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldsales.domain.pipeline import Pipeline, Pipelines, Stage
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.stages.editor import StageEditor
from fieldsales.screens.funnel.stages.panels import NewPipeline, WhereTo
from fieldsales.screens.funnel.strip import PickButton
from fieldsales.services.operations.pipelines import (
    AddStage,
    OrderStages,
    RemovePipeline,
    RemoveStage,
    RenamePipeline,
)
from fieldsales.services.stages import own_pipeline_name, pipeline_name, stage_name
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Changed
from fieldsales.store.queries.pipelines import counts, pipelines
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.columns import TwoColumns
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import button, column, label, row, tool_button

_NAME = (Group("", ("name",), ("name",)),)
_CONCERN = ("pipeline", "stage", "deal")


class StageLine(Line):
    """A stage in the list: ↑ ↓ go to another one, with Alt they move this one."""

    stepped = Signal(int)
    shifted = Signal(int)
    remove_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(event.key(), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shifted.emit(step)
        elif step:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)


class StagesPage(QWidget):
    """Arrow keys go through the stages, Alt+↑ ↓ moves one, Delete takes it away, Esc goes back."""

    closed = Signal()
    pipeline_chosen = Signal(str)  # another one is edited now

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.pipeline_id = ""
        self._stage_id = ""
        self._known = Pipelines((), ())
        self._counts: Mapping[str, int] = {}
        self.lines: dict[str, StageLine] = {}
        back = tool_button(look, "back", words("stages.back"), self._close)
        self.pick = PickButton(look, words("funnel.pipeline"))
        self.pick.chosen.connect(self.show_pipeline)
        self.new = button(look, words("stages.new_pipeline"), self._ask_new, icon="add")
        self.remove = button(
            look, words("stages.remove_pipeline"), self._ask_remove_pipeline, role="quiet"
        )
        title = label(look, words("stages.title"), size="page", bold=True)
        head = row(look, back, title, self.pick, None, self.remove, self.new)
        self.newcomer = NewPipeline(context)
        self.newcomer.left.connect(self._left)
        self.newcomer.made.connect(self._made)
        self.where_to = WhereTo(context)
        self.where_to.left.connect(self._left)
        self.name = Form(look, "pipeline", _NAME, self._rename, calm=False)
        self._list: QVBoxLayout = column(look, gap=0)
        self.add = LineEdit(look, calm=False)
        self.add.setPlaceholderText(words("stages.add_hint"))
        self.add.setAccessibleName(words("stages.add_hint"))
        self.add.returnPressed.connect(self._add)
        self.editor = StageEditor(context)
        self.editor.shift_wanted.connect(self.shift)
        self.editor.remove_wanted.connect(self.ask_remove)
        self.card = CardScroll(look, margin=24, gap=16)
        self._columns = TwoColumns(look, gap=32)
        hint = label(look, words("stages.hint"), tone="muted", wrap=True)
        left = column(look, self.name, hint, self._list, self.add, None, gap=12)
        right = column(look, self.where_to, self.editor, None, gap=12)
        self._columns.addLayout(left, 2)
        self._columns.addLayout(right, 3)
        self.card.body.addLayout(head)
        self.card.body.addWidget(self.newcomer)
        self.card.body.addLayout(self._columns)
        self.card.body.addStretch(1)
        self.setLayout(column(look, self.card, gap=0))

    # showing

    def show_pipeline(self, pipeline_id: str) -> None:
        """Shows the stages of a pipeline, the first of them chosen."""
        if pipeline_id != self.pipeline_id:
            self.flush()
            self._left()
            self.pipeline_id, self._stage_id = pipeline_id, ""
            self.name.load({"name": ""})
            self.pipeline_chosen.emit(pipeline_id)
        self.refresh()

    def refresh(self) -> None:
        """Reads what is shown anew; what is being typed stays."""
        store, words = self.context.store, self.context.words
        self._known = known = pipelines(store)
        live = known.live
        if self.pipeline_id not in {one.id for one in live}:
            self.pipeline_id, self._stage_id = live[0].id, ""
        self._counts = counts(store, self.pipeline_id)
        self.pick.offer([(one.id, pipeline_name(words, one)) for one in live], self.pipeline_id)
        self.remove.setVisible(len(live) > 1)
        self.name.refresh({"name": pipeline_name(words, self._pipeline())})
        self._show_lines()
        self.choose(self._stage_id)

    def follow(self, changed: Changed) -> None:
        """Takes up a change, if it is about stages or what stands in them."""
        if changed.touches(*_CONCERN):
            self.refresh()

    def _pipeline(self) -> Pipeline:
        found = self._known.pipeline(self.pipeline_id)
        assert found is not None
        return found

    def _open(self) -> list[str]:
        return [stage.id for stage in self._known.open_stages(self.pipeline_id)]

    def _show_lines(self) -> None:
        stages = self._known.columns(self.pipeline_id)
        for gone in [key for key in self.lines if key not in {one.id for one in stages}]:
            line = self.lines.pop(gone)
            line.hide()
            line.deleteLater()
        for at, stage in enumerate(stages):
            line = self.lines.get(stage.id) or self._new_line(stage.id)
            if self._list.indexOf(line) != at:
                self._list.removeWidget(line)
                self._list.insertWidget(at, line)
                line.show()  # the layout would only later, and the keys may go there at once
            line.show_face(self._face(at, stage), opened=stage.id == self._stage_id)

    def _new_line(self, stage_id: str) -> StageLine:
        line = StageLine(self.context.look)
        line.setObjectName(stage_id)
        line.clicked.connect(self._line_pressed)
        line.stepped.connect(self._step)
        line.shifted.connect(self._shift_line)
        line.remove_wanted.connect(self._remove_line)
        self.lines[stage_id] = line
        return line

    def _face(self, at: int, stage: Stage) -> LineFace:
        words = self.context.words
        name = stage_name(words, stage)
        count = self._counts.get(stage.id, 0)
        aside = words("funnel.count", n=count) if count else ""
        if not stage.is_open:
            return LineFace(stage.id, name, aside=aside, title_role="ink-2")
        told = [words("funnel.chance", n=stage.probability or 0)]
        told.append(words("stages.usual", n=stage.usual_days or 0))
        if stage.gate_codes:
            told.append(words("stages.asks", n=len(stage.gate_codes)))
        return LineFace(stage.id, f"{at + 1}. {name}", " · ".join(told), aside)

    def choose(self, stage_id: str) -> None:
        """Shows a stage in the editor, the first where it is gone."""
        row_ids = self._open()
        stage = self._known.stage(stage_id)
        if stage is None or stage_id not in self.lines:
            stage = self._known.stage(row_ids[0])
        assert stage is not None
        self._stage_id = stage.id
        place = row_ids.index(stage.id) if stage.is_open else 0
        self.editor.show_stage(stage, place, len(row_ids))
        for at, one in enumerate(self._known.columns(self.pipeline_id)):
            self.lines[one.id].show_face(self._face(at, one), opened=one.id == stage.id)

    def _line_pressed(self) -> None:
        self.where_to.hide()
        self.choose(self.sender().objectName())

    def _shift_line(self, way: int) -> None:
        self._line_pressed()
        self.shift(way)

    def _remove_line(self) -> None:
        self._line_pressed()
        self.ask_remove()

    def _step(self, way: int) -> None:
        keys = [one.id for one in self._known.columns(self.pipeline_id)]
        at = keys.index(self.sender().objectName()) + way
        if 0 <= at < len(keys):
            self.choose(keys[at])
            self._focus_chosen()

    def flush(self) -> None:
        """Saves what is being typed."""
        self.name.flush()
        self.editor.flush()

    # changing

    def _run(self, operation: Operation, said: str) -> bool:
        return self.context.run(operation, undoable=said) is not None

    def _rename(self, values: Mapping[str, object]) -> None:
        name = own_pipeline_name(self.context.words, self._pipeline(), str(values["name"]))
        self.context.workspace.run(RenamePipeline(self.pipeline_id, name))

    def _add(self) -> None:
        """A stage behind the chosen one; at an end, behind all."""
        name, row_ids = self.add.text().strip(), self._open()
        if not name:
            return
        self.flush()
        after = self._stage_id if self._stage_id in row_ids else row_ids[-1]
        operation = AddStage(self.pipeline_id, self._like(after, name), after)
        if self._run(operation, self.context.words("stages.added", stage=name)):
            self.add.clear()
            self.choose(operation.row_id)

    def _like(self, stage_id: str, name: str) -> dict[str, object]:
        """A new stage is as likely as the one it follows."""
        before = self._known.stage(stage_id)
        return {"name": name, "probability": before.probability if before else None}

    def shift(self, way: int) -> None:
        """Puts the chosen stage a place to the front (−1) or to the back (1)."""
        row_ids = self._open()
        if self._stage_id not in row_ids:
            return
        at = row_ids.index(self._stage_id)
        if not 0 <= at + way < len(row_ids):
            return
        self.flush()
        row_ids[at], row_ids[at + way] = row_ids[at + way], row_ids[at]
        words = self.context.words
        self._run(OrderStages(self.pipeline_id, tuple(row_ids)), words("stages.ordered"))

    def ask_remove(self) -> None:
        """Takes the chosen stage away, once it is said where its deals go."""
        stage, row_ids, words = self.editor.stage, self._open(), self.context.words
        if stage is None or stage.id not in row_ids or len(row_ids) < 2:
            return
        self.flush()
        at = row_ids.index(stage.id)
        beside = row_ids[at - 1] if at else row_ids[1]
        n = self._counts.get(stage.id, 0)
        if not n:
            self._remove_stage(beside)
            return
        others = [one for one in self._known.open_stages(self.pipeline_id) if one.id != stage.id]
        targets = [(one.id, stage_name(words, one)) for one in others]
        title = words("stages.where_from_stage", stage=stage_name(words, stage), n=n)
        self.where_to.ask(title, targets, beside, self._remove_stage)

    def _remove_stage(self, move_to: str) -> None:
        stage = self.editor.stage
        assert stage is not None
        said = self.context.words("stages.removed", stage=stage_name(self.context.words, stage))
        self._stage_id = move_to
        if self._run(RemoveStage(stage.id, move_to), said):
            self.where_to.hide()
            self.lines[self._stage_id].setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_remove_pipeline(self) -> None:
        words, known = self.context.words, self._known
        self.flush()
        self.newcomer.hide()
        name = pipeline_name(words, self._pipeline())
        targets = [
            (stage.id, f"{pipeline_name(words, one)} · {stage_name(words, stage)}")
            for one in known.live
            if one.id != self.pipeline_id
            for stage in known.open_stages(one.id)
        ]
        n = sum(self._counts.values())
        if not n:
            self._remove_pipeline(targets[0][0])
            return
        title = words("stages.where_from_pipeline", pipeline=name, n=n)
        self.where_to.ask(title, targets, targets[0][0], self._remove_pipeline)

    def _remove_pipeline(self, move_to: str) -> None:
        words = self.context.words
        said = words("stages.pipeline_removed", pipeline=pipeline_name(words, self._pipeline()))
        if self._run(RemovePipeline(self.pipeline_id, move_to), said):
            self._left()
            self.show_pipeline(self._known.live[0].id)

    def _ask_new(self) -> None:
        self.flush()
        self.where_to.hide()
        self.newcomer.ask()
        self.card.verticalScrollBar().setValue(0)

    def _made(self, pipeline_id: str) -> None:
        self.show_pipeline(pipeline_id)
        self._focus_chosen()

    def _left(self) -> None:
        """A question was not answered: nothing has changed."""
        self.newcomer.hide()
        self.where_to.hide()
        self._focus_chosen()

    def _focus_chosen(self) -> None:
        if self._stage_id in self.lines:
            self.lines[self._stage_id].setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """The keys go to the chosen stage."""
        self._focus_chosen()

    def _close(self) -> None:
        self.flush()
        self.closed.emit()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())
