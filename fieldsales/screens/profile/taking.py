"""A self-assessment while it is filled in: each pick is kept at once, and can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.profile import Assessment
from fieldsales.methods.whole_brain.content import WholeBrain
from fieldsales.screens.profile.sheets import AssessmentForm
from fieldsales.services.operations.people import (
    FinishAssessment,
    PickItem,
    StartAssessment,
    UnpickItem,
)
from fieldsales.services.workspace import Operation
from fieldsales.store.database import Store
from fieldsales.store.queries.links import open_assessment
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column


class Taking(QWidget):
    """The form over the file; `run` makes a change and says what went wrong, True where it went."""

    finished = Signal(str)  # id of the assessment
    gone = Signal()  # it was undone, or erased with its owner

    def __init__(
        self, look: Look, store: Store, brain: WholeBrain, run: Callable[[Operation], bool]
    ) -> None:
        super().__init__()
        self._store = store
        self._run = run
        self.assessment_id = ""
        self.form = AssessmentForm(look, brain)
        self.form.picked.connect(self._pick)
        self.form.finish_wanted.connect(self._finish)
        self.setLayout(column(look, self.form))
        self.setFocusProxy(self.form)

    def take(self, contact_id: str | None) -> bool:
        """Takes up what was begun, or begins; False where that was refused."""
        found = open_assessment(self._store, contact_id)
        if found is None:
            begun = StartAssessment(contact_id)
            if not self._run(begun):
                return False
            found = begun.row_id
        self.assessment_id = found
        self.refresh()
        return bool(self.assessment_id)

    def refresh(self) -> None:
        """Shows it as it is kept."""
        kept = self._store.record(Assessment, self.assessment_id or None)
        if kept is None or kept.trashed_at or kept.finished_at:
            was, self.assessment_id = self.assessment_id, ""
            if was:
                self.gone.emit()
            return
        self.form.show_assessment(kept)

    def _pick(self, sheet: str, code: str, pick: bool) -> None:
        kind = PickItem if pick else UnpickItem
        self._run(kind(self.assessment_id, sheet, code))
        self.refresh()  # also where it was refused: the tile says what holds

    def _finish(self) -> None:
        done = self.assessment_id
        self.assessment_id = ""  # so that the change which finishes it does not say it is gone
        if self._run(FinishAssessment(done)):
            self.finished.emit(done)
        else:
            self.assessment_id = done
            self.refresh()
