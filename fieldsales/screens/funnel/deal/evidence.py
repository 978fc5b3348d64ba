"""Exit evidence as a checklist that fills itself, and what pushes the deal on from here (M25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout

from fieldsales.domain.clock import local_day
from fieldsales.domain.contact import BuyingRole
from fieldsales.domain.deal import is_open
from fieldsales.domain.money.receivable import Receivable
from fieldsales.domain.need import Need
from fieldsales.domain.pipeline import Stage
from fieldsales.domain.portfolio import ClassPin, Rating
from fieldsales.domain.stage_evidence import Evidence, Source, checklist
from fieldsales.domain.visit import Visit, VisitItem
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.screens.funnel.deal.lists import LineSection
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.stages import stage_actions, stage_name
from fieldsales.widgets.lines import Line, LineActions, LineFace
from fieldsales.widgets.menus import chosen, passing_menu
from fieldsales.widgets.pieces import column, label


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence with what its records say, one line each."""

    piece: Evidence
    told: tuple[str, ...]


class EvidenceSection(LineSection[Proof]):
    """The evidence of the stage that is looked at; pressing a line leads to what proves it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "")
        look, words = desk.look, desk.words
        self.stage_id = ""
        self._none = label(look, words("deal_page.no_evidence"), tone="muted", wrap=True)
        self._actions_title = label(look, words("deal_page.actions"), size="caption", tone="muted")
        self.action_lines: list[Line] = []
        self._action_list: QVBoxLayout = column(look, gap=0)
        self._action_texts: tuple[str, ...] = ()
        self.body.insertWidget(0, self._none)
        self.body.addSpacing(look.theme.px(8))
        self.body.addWidget(self._actions_title)
        self.body.addLayout(self._action_list)

    def show_stage(self, stage: Stage) -> None:
        """Show the evidence and the actions of a stage."""
        desk, words = self.desk, self.desk.words
        self.stage_id = stage.id
        name = stage_name(words, stage)
        here = stage.id == desk.deal.stage and is_open(stage.id)
        self.title.setText(
            words("deal_page.evidence_here" if here else "deal_page.evidence", stage=name)
        )
        found = [
            Proof(piece, tuple(map(self._told, piece.by))) for piece in checklist(stage, desk.facts)
        ]
        self.show_items(found)
        self._none.setVisible(not found)
        self._show_actions(stage_actions(words, stage))

    def _show_actions(self, texts: tuple[str, ...]) -> None:
        words = self.desk.words
        self._action_texts = texts
        while len(self.action_lines) < len(texts):
            line = Line(self.desk.look, LineActions(more=("task", words("deal_page.make_task"))))
            line.clicked.connect(self._make_task)
            line.more_wanted.connect(self._make_task)
            self._action_list.addWidget(line)
            self.action_lines.append(line)
        for at, line in enumerate(self.action_lines):
            line.setVisible(at < len(texts))
            if at < len(texts):
                tip = words("deal_page.make_task")
                line.show_face(LineFace(key=str(at), title=texts[at], mark="forward", tooltip=tip))
        self._actions_title.setVisible(bool(texts))

    def key(self, item: Proof) -> str:
        return item.piece.code

    def face(self, item: Proof) -> LineFace:
        words, piece = self.desk.words, item.piece
        if piece.holds:
            said = words("card.and").join(dict.fromkeys(filter(None, item.told)))
        else:
            said = words(f"deal_page.supply_{piece.code}")
        counted = not piece.holds and piece.needed > 1
        return LineFace(
            key=piece.code,
            title=words(f"evidence.{piece.code}"),
            subtitle=said or words("deal_page.open_source"),
            aside=words("deal_page.of", n=piece.found, all=piece.needed) if counted else "",
            mark="success" if piece.holds else "circle",
            mark_role="good" if piece.holds else "ink-3",
            tooltip="\n".join(item.told),
        )

    def pressed(self, item: Proof) -> None:
        """To what proves it, or to where it can be supplied."""
        if not item.piece.holds:
            self.desk.supply_wanted.emit(item.piece.code)
            return
        sources = list(dict.fromkeys(item.piece.by))
        if len(sources) == 1:
            self._open(sources[0])
            return
        line = self.line_of(item.piece.code)
        entries = [(self._told(source), self._source_chosen, source) for source in sources]
        if line is not None:
            passing_menu(self, entries).popup(line.mapToGlobal(QPoint(0, line.height())))

    def _source_chosen(self) -> None:
        self._open(chosen(self.sender()))

    def _open(self, source: Source) -> None:
        noun, row_id = source
        open_ = self.desk.context.open
        if noun == "buying_role":
            self.desk.focus_wanted.emit("people", self._role(row_id).contact_id)
        elif noun == "visit_item":
            open_("visit", self._item(row_id).visit_id or "")
        elif noun == "deal":
            self.desk.focus_wanted.emit("terms", "order_amount")
        else:
            open_(noun, row_id)

    def _make_task(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        text = self._action_texts[self.action_lines.index(line)]
        values = {
            "title": text,
            "customer_id": self.desk.customer.id,
            "deal_id": self.desk.deal_id,
        }
        said = self.desk.words("deal_page.task_made", title=text)
        self.desk.run(AddRecord("task", values), said)

    # what a record says

    def _told(self, source: Source) -> str:
        desk, words = self.desk, self.desk.words
        noun, row_id = source
        if noun == "customer":
            return words.choice("importance", desk.customer.importance)
        if noun in ("class_pin", "rating"):
            return self._judged_told(source)
        if noun == "buying_role":
            role = self._role(row_id)
            person = desk.person(role.contact_id)
            text = words.choice("buying_role", role.role)
            told = text if role.confirmed else words("card.assumed", text=text)
            return f"{person.name if person else ''} · {told}"
        if noun == "contact":
            person = desk.person(row_id)
            return person.name if person else ""
        if noun == "visit_item":
            item = self._item(row_id)
            return f"{item.text} · {self._day_of(item.visit_id or '')}"
        if noun == "need":
            return self._need(row_id).text
        if noun == "receivable":
            return self._receivable_told(row_id)
        if noun == "visit":
            return self._visit_told(self._visit(row_id))
        return self._deal_told()

    def _judged_told(self, source: Source) -> str:
        """The importance held by hand, or a rating of the key-customer score."""
        store, words = self.desk.context.store, self.desk.words
        pin = store.record(ClassPin, source[1])
        if pin is not None:
            return words.choice("importance", pin.code)
        rated = store.record(Rating, source[1])
        return f"{words.choice('rated', rated.kind)} {rated.rating}" if rated else ""

    def _visit_told(self, visit: Visit) -> str:
        desk, words = self.desk, self.desk.words
        if visit.ordered and visit.amount:
            said = words.money(visit.amount, visit.currency or desk.currency, cents=False)
        else:
            said = visit.their_action or words.choice("advance", visit.their_advance)
        return f"{said} · {desk.day(local_day(visit.starts_at))}"

    def _deal_told(self) -> str:
        desk, words, deal = self.desk, self.desk.words, self.desk.deal
        if deal.paid_on:
            return words.date(date.fromisoformat(deal.paid_on))
        if deal.order_amount:
            return words.money(deal.order_amount, desk.currency, cents=False)
        return desk.facts.buying_group.seller

    def _receivable_told(self, row_id: str) -> str:
        one = self.desk.context.store.record(Receivable, row_id)
        if one is None:
            return ""
        amount = self.desk.words.money(one.amount or 0, one.currency, cents=False)
        return " · ".join(filter(None, (one.number or one.title, amount)))

    def _role(self, row_id: str) -> BuyingRole:
        return next(role for role in self.desk.facts.roles if role.id == row_id)

    def _item(self, row_id: str) -> VisitItem:
        return next(item for item in self.desk.facts.items if item.id == row_id)

    def _need(self, row_id: str) -> Need:
        return next(need for need in self.desk.facts.needs if need.id == row_id)

    def _visit(self, row_id: str) -> Visit:
        return next(visit for visit in self.desk.facts.visits if visit.id == row_id)

    def _day_of(self, visit_id: str) -> str:
        return self.desk.day(local_day(self._visit(visit_id).starts_at))
