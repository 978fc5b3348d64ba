"""What stands on a card: texts laid out once for a width, and the sentence that is read aloud."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPixmap

from fieldsales.domain.buying_group import COMPLETE
from fieldsales.domain.deal import is_open, worth
from fieldsales.domain.pipeline import LOST
from fieldsales.screens.contract import Context
from fieldsales.services.board import Board
from fieldsales.services.stages import stage_name
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.deal_cards import DealCard

EDGES = ("line", "ink-3", "warn", "bad")  # by age: in time, slow, stuck, stale
_AGE_TONES = ("ink-3", "ink-2", "warn", "bad")
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight
FULL_HEIGHT, COMPACT_HEIGHT, BETWEEN = 92, 52, 8  # px at 100 %
_PICTURES = 250  # cards whose picture is kept, 80 kB each at 100 %


class Text(NamedTuple):
    """A line of text where it stands on the card."""

    rect: QRect
    align: int
    size: str
    bold: bool
    role: str
    text: str


class Mark(NamedTuple):
    """An icon where it stands on the card."""

    rect: QRect
    icon: str
    role: str


Shade = tuple[str, str, float]  # roles of edge and ground, pixel density


@dataclass(slots=True, eq=False)
class Face:
    """A card laid out for a width, from its own upper left corner, and pictures made of it."""

    edge: str
    texts: list[Text]
    marks: list[Mark]
    pictures: dict[Shade, QPixmap] = field(default_factory=dict)


class Faces:
    """Makes the faces of cards, and keeps them until the card, the width or the look changes."""

    def __init__(self, context: Context, board: Board) -> None:
        self._context = context
        self._board = board
        self._words = context.words
        self._faces: dict[tuple[str, int, bool], Face] = {}
        self._kept: deque[tuple[Face, Shade]] = deque()  # pictures, the oldest first
        self.frames: dict[tuple[int, int, Shade], QPixmap] = {}  # of width and height
        context.look.theme.changed.connect(self.clear)

    def clear(self) -> None:
        self._faces.clear()
        self._kept.clear()
        self.frames.clear()

    def keep(self, face: Face, shade: Shade, picture: QPixmap) -> None:
        """Keeps a picture of a card: scrolling shows most cards again and again."""
        face.pictures[shade] = picture
        self._kept.append((face, shade))
        if len(self._kept) > _PICTURES:
            oldest, its = self._kept.popleft()
            oldest.pictures.pop(its, None)

    def forget(self, deal_id: str) -> None:
        for key in [key for key in self._faces if key[0] == deal_id]:
            del self._faces[key]

    def face(self, card: DealCard, width: int, *, compact: bool) -> Face:
        key = (card.deal.id, width, compact)
        found = self._faces.get(key)
        if found is None:
            pen = _Pen(self._context, width)
            (self._compact if compact else self._full)(pen, card)
            found = self._faces[key] = Face(self._edge(card), pen.texts, pen.marks)
        return found

    # the parts of a card

    def title(self, card: DealCard | None) -> str:
        """Customer and title in one line."""
        return f"{card.customer} · {card.deal.title}" if card else ""

    def amount(self, card: DealCard) -> str:
        """What the deal is worth, '' where that is not known."""
        minor = worth(card.deal)
        if minor is None:
            return ""
        currency = card.deal.currency or base_currency(self._context.store)
        return self._words.money(minor, currency, cents=False)

    def next_step(self, card: DealCard) -> tuple[str, str, str, str]:
        """Icon, colour role, what and when of the line that says how the deal goes on."""
        words, deal = self._words, card.deal
        today = self._context.look.clock.today()
        if deal.stage == LOST:
            why = words.choice("loss_reason", deal.lost_reason)
            rival = words.choice("lost_rival", deal.lost_rival)
            return "close", "ink-3", " · ".join(filter(None, (why, rival))), ""
        if not is_open(deal.stage):
            day = words.date(date.fromisoformat(deal.ordered_on)) if deal.ordered_on else ""
            return "check", "good", words("funnel.ordered"), day
        if card.snoozed:
            until = date.fromisoformat(str(deal.snoozed_until))
            return "snooze", "ink-3", deal.snooze_reason, words.date(until, year=False)
        step = card.next_step
        if step is None:
            return "flag", "warn", words("funnel.no_next_step"), ""
        text = step.text or words(f"noun.{step.noun}")
        if step.party == "them":
            text = words("funnel.theirs", text=text)
        icon = "visit" if step.noun == "visit" else "task"
        if step.day is None:
            return icon, "ink-2", text, ""
        due = date.fromisoformat(step.day)
        late = due < today
        return icon, "bad" if late else "ink-2", text, words.days_from(due, today)

    def flags(self, card: DealCard) -> list[tuple[str, str, str]]:
        """Icon, colour role and meaning of what stands out."""
        words, found = self._words, []
        if card.complaints:
            found.append(("warning", "bad", words("funnel.complaints", n=card.complaints)))
        if card.overdue_tasks:
            found.append(("timer", "bad", words("funnel.overdue_tasks", n=card.overdue_tasks)))
        if card.overdue_money:
            amount = words.money(card.overdue_money, card.overdue_currency, cents=False)
            found.append(("money", "bad", words("receivables.flag", amount=amount)))
        if card.close_passed:
            found.append(("calendar", "warn", words("funnel.close_passed")))
        if card.deal.pinned_probability is not None and is_open(card.deal.stage):
            found.append(("pin", "ink-3", words("funnel.pinned", reason=_reason(card))))
        return found

    def _edge(self, card: DealCard) -> str:
        if not is_open(card.deal.stage):
            return "good" if card.deal.stage != LOST else "line"
        return "line" if card.snoozed else EDGES[card.level]

    def _age(self, card: DealCard) -> tuple[str, str]:
        role = _AGE_TONES[0 if card.snoozed else card.level]
        return self._words("funnel.days_here", n=card.days), role

    # laid out

    def _full(self, pen: _Pen, card: DealCard) -> None:
        right = pen.flags(6, self.flags(card))
        pen.text(6, 22, card.customer, bold=True, right=right)
        pen.text(27, 18, card.deal.title, size="caption", role="ink-2")
        self._money(pen, 46, card)
        icon, role, what, when = self.next_step(card)
        pen.step(68, icon, role, what, when)

    def _compact(self, pen: _Pen, card: DealCard) -> None:
        amount = self.amount(card)
        right = pen.aside(4, 22, amount, bold=True) if amount else pen.right
        right = pen.flags(4, self.flags(card)[:2], right)
        pen.text(4, 22, card.customer, bold=True, right=right)
        age, role = self._age(card)
        right = pen.aside(26, 20, age, size="caption", role=role)
        icon, role, _, when = self.next_step(card)
        if when:
            right = pen.aside(26, 20, when, size="caption", role=role, right=right)
        right = pen.mark(26, 20, icon, role, right)
        pen.text(26, 20, card.deal.title, size="caption", role="ink-2", right=right)

    def _money(self, pen: _Pen, top: int, card: DealCard) -> None:
        age, role = self._age(card)
        right = pen.aside(top, 20, age, size="caption", role=role)
        if is_open(card.deal.stage):
            score = f"{card.score}/{COMPLETE}"
            tone = "good" if card.score == COMPLETE else "ink-3"
            right = pen.aside(top, 20, score, size="caption", role=tone, right=right)
            right = pen.mark(top, 20, "people", tone, right, gap=3)
        amount = self.amount(card)
        shown = amount or self._words("funnel.no_amount")
        left = pen.text(
            top, 20, shown, bold=bool(amount), role="ink" if amount else "ink-3", right=right
        )
        if is_open(card.deal.stage):
            chance = self._words("funnel.percent", n=card.probability)
            pen.text_if_room(top, 20, chance, left, right)

    # said

    def tooltip(self, card: DealCard | None) -> str:
        """All of a card, a line for each thing."""
        if card is None:
            return ""
        return "\n".join(self._sentences(card))

    def spoken(self, card: DealCard | None) -> str:
        """The card as it is read aloud."""
        if card is None:
            return ""
        stop = self._words("funnel.spoken_stop")
        return stop.join(self._sentences(card))

    def _sentences(self, card: DealCard) -> list[str]:
        words, deal = self._words, card.deal
        stage = self._board.known.stage(deal.stage)
        lines = [self.title(card), self.amount(card) or words("funnel.no_amount")]
        if stage is not None:
            name = stage_name(words, stage)
            usual = self._board.usual.get(deal.stage)
            if usual is None:
                lines.append(words("funnel.stands", stage=name, n=card.days))
            else:
                key = "funnel.stands_usual"
                lines.append(words(key, stage=name, n=card.days, usual=round(usual)))
        if is_open(deal.stage):
            lines.append(words("funnel.chance", n=card.probability))
            if deal.expected_close:
                day = date.fromisoformat(deal.expected_close)
                lines.append(words("funnel.expected", day=words.date(day)))
            key = "funnel.score_assumed" if card.confirmed < card.score else "funnel.score"
            lines.append(words(key, n=card.score, all=COMPLETE, sure=card.confirmed))
        _, _, what, when = self.next_step(card)
        if card.snoozed:
            lines.append(words("funnel.snoozed", day=when, reason=what))
        elif is_open(deal.stage) and card.next_step is not None:
            lines.append(words("funnel.next_step", what=what, when=when).rstrip(" ,，"))
        else:
            lines.append(" ".join(filter(None, (what, when))))
        lines += [meaning for _, _, meaning in self.flags(card)]
        if card.tags:
            lines.append(words("filter.or").join(card.tags))
        return [line for line in lines if line]


def _reason(card: DealCard) -> str:
    return card.deal.probability_reason


class _Pen:
    """Places lines on a card; what does not fit is shortened."""

    def __init__(self, context: Context, width: int) -> None:
        self._theme = context.look.theme
        self.texts: list[Text] = []
        self.marks: list[Mark] = []
        self.left = self._theme.px(12)
        self.right = width - self._theme.px(10)

    def text(
        self,
        top: int,
        height: int,
        text: str,
        *,
        size: str = "body",
        bold: bool = False,
        role: str = "ink",
        left: int | None = None,
        right: int | None = None,
    ) -> int:
        """From the left; returns where it ends."""
        px = self._theme.px
        start = self.left if left is None else left
        room = max(0, (self.right if right is None else right) - start)
        metrics = self._theme.metrics(size, bold=bold)
        width = metrics.horizontalAdvance(text)
        if width > room:
            text, width = metrics.elidedText(text, _ELIDE, room), room
        rect = QRect(start, px(top), width + 2, px(height))
        self.texts.append(Text(rect, _LEFT, size, bold, role, text))
        return start + width

    def text_if_room(self, top: int, height: int, text: str, left: int, right: int) -> None:
        """A small text that may be left out."""
        px = self._theme.px
        start = left + px(8)
        if start + self._theme.metrics("caption").horizontalAdvance(text) <= right:
            self.text(top, height, text, size="caption", role="ink-3", left=start, right=right)

    def aside(
        self,
        top: int,
        height: int,
        text: str,
        *,
        size: str = "body",
        bold: bool = False,
        role: str = "ink",
        right: int | None = None,
    ) -> int:
        """At the right; returns where the room before it ends."""
        px = self._theme.px
        end = self.right if right is None else right
        metrics = self._theme.metrics(size, bold=bold)
        room = (end - self.left) * 3 // 4
        width = metrics.horizontalAdvance(text)
        if width > room:
            text, width = metrics.elidedText(text, _ELIDE, room), room
        rect = QRect(end - width, px(top), width, px(height))
        self.texts.append(Text(rect, _RIGHT, size, bold, role, text))
        return end - width - px(8)

    def mark(self, top: int, height: int, icon: str, role: str, right: int, *, gap: int = 6) -> int:
        px = self._theme.px
        side = px(14)
        # what follows keeps 8 px; a mark belongs to its text
        left = right + px(8 - gap) - side
        self.marks.append(
            Mark(QRect(left, px(top) + (px(height) - side) // 2, side, side), icon, role)
        )
        return left - px(6)

    def flags(self, top: int, flags: list[tuple[str, str, str]], right: int | None = None) -> int:
        px = self._theme.px
        end = (self.right if right is None else right) + px(8)
        for icon, role, _ in reversed(flags):
            end = self.mark(top, 22, icon, role, end - px(8), gap=8)
            end += px(2)
        return end - (px(8) if not flags else px(2))

    def step(self, top: int, icon: str, role: str, what: str, when: str) -> None:
        px = self._theme.px
        right = self.aside(top, 18, when, size="caption", role=role) if when else self.right
        side = px(14)
        self.marks.append(Mark(QRect(self.left, px(top + 2), side, side), icon, role))
        self.text(
            top, 18, what, size="caption", role=role, left=self.left + side + px(6), right=right
        )
