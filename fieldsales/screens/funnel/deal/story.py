"""What happened: the way through the stages, visits, calls and tasks, files."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.pipeline import StageChange
from fieldsales.domain.task import Task
from fieldsales.domain.verdict import Judgement
from fieldsales.domain.visit import Visit
from fieldsales.methods.funnel.ribbon import VERDICT_COLOURS
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.screens.funnel.deal.lists import LineSection, link
from fieldsales.screens.kept_files import KeptFiles
from fieldsales.services.stages import evidence_name, stage_name
from fieldsales.store.queries.card import Entry
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.lines import LineFace
from fieldsales.widgets.pieces import label
from fieldsales.widgets.tall_timeline import TallTimeline
from fieldsales.widgets.timeline import TimelineEntry

_AT_FIRST = 15  # entries before 'show older'
_ICONS = {
    "call": "phone",
    "message": "message",
    "email": "mail",
    "feedback": "signal",
    "complaint": "warning",
}


class HistorySection(LineSection[StageChange]):
    """Each change of stage: from where, how long it stood there, what was missing and why it went
    on nevertheless.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.words("deal_page.history"))

    def show_history(self, changes: Sequence[StageChange]) -> None:
        self.setVisible(bool(changes))
        self.show_items(tuple(reversed(changes)))

    def key(self, item: StageChange) -> str:
        return item.id

    def face(self, item: StageChange) -> LineFace:
        desk, words = self.desk, self.desk.words
        title = self._name(item.to_stage)
        if item.from_stage:
            title = words("deal_page.way", before=self._name(item.from_stage), after=title)
        told = []
        if item.since and item.from_stage:
            stood = (from_stamp(item.at) - from_stamp(item.since)).days
            told.append(words("deal_page.stood", n=stood))
        if item.missing_codes:
            lacking = words("card.and").join(
                evidence_name(words, code) for _, code in item.missing_codes
            )
            told.append(words("deal_page.was_missing", what=lacking))
        if item.reason:
            told.append(words("deal_page.because", why=item.reason))
        if item.cause != "move":
            told.append(words.choice("stage_cause", item.cause))
        return LineFace(
            key=item.id,
            title=title,
            subtitle=" · ".join(told),
            aside=desk.day(local_day(item.at)),
            mark="warning" if item.missing else "",
            mark_role="warn",
            tooltip="\n".join((words.moment(from_stamp(item.at)), *told)),
        )

    def _name(self, stage_id: str) -> str:
        stage = self.desk.page.stages.get(stage_id)
        return stage_name(self.desk.words, stage) if stage else stage_id


class TimelineSection(Section):
    """Visits, calls and tasks done of this deal, the newest first."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("card.timeline"), gap=4)
        self.desk = desk
        self._entries: Sequence[Entry] = ()
        self._whole = False
        self.list = TallTimeline(look)
        self.list.setAccessibleName(words("card.timeline"))
        self.list.opened.connect(self._open)
        self.list.pressed_key.connect(self._open)
        self._older = link(desk, "", self._show_whole)
        self._nothing = label(look, words("deal_page.nothing_happened"), tone="muted", wrap=True)
        self.body.addWidget(self.list)
        self.body.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._nothing)

    def load(self) -> None:
        self._whole = False

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._show()

    def _show(self) -> None:
        shown = self._entries if self._whole else self._entries[:_AT_FIRST]
        self.list.set_entries([self._face(entry) for entry in shown])
        self.list.setVisible(bool(shown))
        self._nothing.setVisible(not shown)
        rest = len(self._entries) - len(shown)
        self._older.setVisible(rest > 0)
        self._older.setText(self.desk.words("card.older", n=rest))

    def _show_whole(self) -> None:
        self._whole = True
        self._show()

    def _open(self, key: str) -> None:
        kind, _, row_id = key.partition(":")
        self.desk.context.open(kind, row_id)

    def _face(self, entry: Entry) -> TimelineEntry:
        words, record = self.desk.words, entry.record
        text, badge, role = "", None, "ink-2"
        if isinstance(record, Visit):
            title, icon, text = words("noun.visit"), "visit", self._visit_told(record)
            badge, role = self._badge(record, record.judgement), "accent"
        elif isinstance(record, Interaction):
            title = words.choice("interaction_kind", record.kind)
            icon, text = _ICONS.get(record.kind, "note"), record.text
            role = "bad" if record.kind == "complaint" else "ink-2"
        else:
            assert isinstance(record, Task)
            title, icon, role = words("card.done_task", title=record.title), "check", "good"
        people = words("card.and").join(entry.who)
        return TimelineEntry(
            kind=entry.kind,
            at=from_stamp(entry.at),
            title=f"{title} · {people}" if people else title,
            text=text,
            icon=icon,
            key=f"{entry.kind}:{entry.row_id}",
            badge=badge,
            role=role,
        )

    def _visit_told(self, visit: Visit) -> str:
        words = self.desk.words
        lines = []
        if visit.their_action:
            lines.append(words("card.they_do", what=visit.their_action))
        if visit.our_action:
            lines.append(words("card.we_do", what=visit.our_action))
        return "\n".join(lines) or visit.note or visit.objective

    def _badge(self, visit: Visit, judged: Judgement | None) -> ChipFace:
        words = self.desk.words
        if judged is None:
            return ChipFace(words.choice("visit_state", visit.state))
        return ChipFace(words.choice("verdict", judged.verdict), VERDICT_COLOURS[judged.verdict])


class FilesSection(KeptFiles):
    """Files of the deal and its visits, then those kept with the customer."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(desk.context, page)
        self._desk = desk

    def show_files(self, files: tuple[Attachment, ...]) -> None:
        self.stand_for(customer_id=self._desk.customer.id, deal_id=self._desk.deal_id)
        super().show_files(files)

    def whose(self, kept: Attachment) -> str:
        ours = bool(kept.visit_id or kept.deal_id)
        return self._desk.words("deal_page.of_deal" if ours else "deal_page.of_customer")
