"""The visits that count for this deal as a ribbon of verdicts; pressing one opens it."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.domain.clock import local_day
from fieldsales.domain.verdict import Verdict
from fieldsales.domain.visit import Visit
from fieldsales.drawing.shapes import Picture
from fieldsales.methods.funnel.ribbon import Stop, ribbon
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.widgets.card import Section
from fieldsales.widgets.picture_block import PictureBlock

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
        self.block = PictureBlock(desk.look)
        self.block.finding.setProperty("tone", "muted")
        self.block.clicked.connect(self._open)
        self.body.addWidget(self.block)

    def show_visits(self, held: Sequence[Visit], planned: Sequence[Visit]) -> None:
        desk, words = self.desk, self.desk.words
        visits = sorted((*held, *planned), key=lambda visit: (visit.starts_at, visit.id))
        self.set_count(len(visits))
        stops: list[Stop] = []
        tips: dict[str, str] = {}
        for visit in visits:
            judged = visit.judgement
            verdict = judged.verdict if judged else None
            stops.append(Stop(visit.id, local_day(visit.starts_at), verdict))
            who = words("card.and").join(desk.around.met.get(visit.id, ()))
            said = visit.their_action or visit.objective
            told = words.choice("verdict", verdict) if verdict else words("ribbon.planned")
            tips[visit.id] = "\n".join(
                filter(None, (f"{words.date(local_day(visit.starts_at))} {told}", who, said))
            )

        def draw(room: float) -> Picture:
            return ribbon(stops, words, room)

        self.block.show_picture(self._found(held), draw if stops else None, tips)

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

    def _open(self, key: str) -> None:
        self.desk.context.open("visit", key)
