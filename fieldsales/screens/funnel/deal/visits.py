"""The visits that count for this deal as a ribbon of verdicts; pressing one opens it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from fieldsales.domain.clock import local_day
from fieldsales.domain.verdict import Verdict
from fieldsales.domain.visit import Visit
from fieldsales.methods.funnel.ribbon import Stop, ribbon
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.widgets.card import Section
from fieldsales.widgets.picture_view import PictureView
from fieldsales.widgets.pieces import column, label

_SUCCESS = (Verdict.ORDER, Verdict.ADVANCE)


class VisitsSection(Section):
    """One line that says what they came to, the ribbon below it."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(
            desk.look,
            words("deal_page.visits"),
            action=words("card.plan"),
            act=desk.plan_visit,
            icon="calendar",
        )
        self.desk = desk
        self._stops: list[Stop] = []
        self._tips: dict[str, str] = {}
        self.finding = label(desk.look, tone="muted", wrap=True)
        self.picture = PictureView(desk.look)
        self.picture.clicked.connect(self._open)
        self._holder = Keys(self)
        self._holder.setLayout(column(desk.look, self.picture, gap=0))
        self.body.addWidget(self.finding)
        self.body.addWidget(self._holder)

    def show_visits(self, held: Sequence[Visit], planned: Sequence[Visit]) -> None:
        desk, words = self.desk, self.desk.words
        visits = sorted((*held, *planned), key=lambda visit: (visit.starts_at, visit.id))
        self.set_count(len(visits))
        self._stops = []
        self._tips = {}
        for visit in visits:
            judged = visit.judgement
            verdict = judged.verdict if judged else None
            self._stops.append(Stop(visit.id, local_day(visit.starts_at), verdict))
            who = words("card.and").join(desk.page.met.get(visit.id, ()))
            said = visit.their_action or visit.objective
            told = words.choice("verdict", verdict) if verdict else words("ribbon.planned")
            self._tips[visit.id] = "\n".join(
                filter(None, (f"{words.date(local_day(visit.starts_at))} {told}", who, said))
            )
        self.finding.setText(self._found(held))
        self._draw()

    def _found(self, held: Sequence[Visit]) -> str:
        desk, words = self.desk, self.desk.words
        if not held:
            return words("deal_page.no_visits")
        judged = [visit.judgement for visit in held if visit.judgement]
        good = sum(one.verdict in _SUCCESS for one in judged)
        last = desk.day(max(local_day(visit.starts_at) for visit in held))
        if not good:
            return words("deal_page.visits_vain", n=len(held), day=last)
        return words("deal_page.visits_found", n=len(held), good=good, day=last)

    def _draw(self) -> None:
        self._holder.setVisible(bool(self._stops))
        room = self.width() / self.desk.look.theme.scale
        self.picture.set_picture(ribbon(self._stops, self.desk.words, room), self._tips)

    def step(self, key: str) -> None:
        """Opens the last visit: what Enter does where the ribbon has the focus."""
        if self._stops:
            self._open(key or self._stops[-1].key)

    def _open(self, key: str) -> None:
        self.desk.context.open("visit", key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()


class Keys(QWidget):
    """Makes the ribbon reachable by Tab; Enter opens the last visit."""

    def __init__(self, section: VisitsSection) -> None:
        super().__init__()
        self._section = section
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(section.desk.words("deal_page.open_last_visit"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._section.step("")
        else:
            super().keyPressEvent(event)
