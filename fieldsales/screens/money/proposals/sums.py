"""What a proposal comes to: its totals by rate, in capital numerals, and what it leaves us."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from fieldsales.domain.money.proposal import ProposalLine
from fieldsales.domain.money.totals import Margin, Totals
from fieldsales.reports.capitals import capitals
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.widgets.pieces import IconLabel, Tone, column, label, row, set_tone

_WARNINGS = 5


class Sums(QWidget):
    """At the right what the customer reads, at the left what is for us alone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self.desk = desk
        self.own = label(look, words("proposals.for_us"), size="caption", tone="faint")
        self.margin = label(look, wrap=True)
        self.warnings: list[tuple[QWidget, QLabel]] = []
        warned = column(look, gap=4)
        for _ in range(_WARNINGS):
            said = label(look, tone="warn", wrap=True)
            line = QWidget()
            inside = row(look, IconLabel(look, "warning", "warn", 14), said, gap=6)
            inside.setStretch(1, 1)
            line.setLayout(inside)
            line.hide()
            warned.addWidget(line)
            self.warnings.append((line, said))
        self.ours = QWidget()
        self.ours.setLayout(column(look, self.own, self.margin, warned, None, gap=4))
        self.wrong = label(look, tone="bad", wrap=True)
        self.wrong.hide()
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(look.theme.px(24))
        self.grid.setVerticalSpacing(look.theme.px(4))
        self._rows: list[tuple[QLabel, QLabel]] = []
        self.total = label(look, size="section", bold=True)
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.capital = label(look, tone="muted", wrap=True)
        self.capital.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.capital.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        figures = QWidget()
        lines = row(look, None, gap=0)
        lines.addLayout(self.grid)
        figures.setLayout(column(look, self.wrong, lines, self.total, self.capital, gap=4))
        layout = row(look, gap=24)
        layout.addWidget(self.ours, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(figures, 1, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)

    def show_sums(self, found: Totals | str, trial: ProposalLine | None = None) -> None:
        """Shows the totals, or why there are none."""
        whole = isinstance(found, Totals)
        self.wrong.setVisible(not whole)
        for part in (self.total, self.capital, self.ours):
            part.setVisible(whole)
        if isinstance(found, str):
            self.wrong.setText(found)
            self._write([])
            return
        words, money = self.desk.words, self.desk.money
        said: list[tuple[str, str]] = []
        if found.discount:
            said.append((words("proposals.lines_sum"), money(found.lines)))
            said.append((words("proposals.discount"), money(-found.discount)))
        taxed = [one for one in found.rates if one.rate]
        if taxed:
            said.append((words("proposals.net"), money(found.net)))
        key = "tax_in" if self.desk.proposal.tax_mode == "included" else "tax_on"
        for one in taxed:
            rate = f"{one.rate:f}"
            said.append((words(f"proposals.{key}", rate=rate, net=money(one.net)), money(one.tax)))
        self._write(said)
        self.total.setText(words("proposals.total", amount=money(found.total)))
        told = capitals(found.total, self.desk.currency, words)
        self.capital.setText(told)
        self.capital.setVisible(bool(told))
        self._show_ours(found, self.desk.margin(found, trial))

    def _write(self, said: list[tuple[str, str]]) -> None:
        right = Qt.AlignmentFlag.AlignRight
        while len(self._rows) < len(said):
            pair = (label(self.desk.look, tone="muted"), label(self.desk.look))
            at = len(self._rows)
            self.grid.addWidget(pair[0], at, 0)
            self.grid.addWidget(pair[1], at, 1, right)
            self._rows.append(pair)
        for at, pair in enumerate(self._rows):
            for part, text in zip(pair, said[at] if at < len(said) else ("", ""), strict=True):
                part.setText(text)
                part.setVisible(at < len(said))

    def _show_ours(self, found: Totals, left: Margin) -> None:
        words = self.desk.words
        tone: Tone = "ink"
        if left.percent is None or not left.cost:
            text = words("proposals.no_cost") if found.total else ""
            tone = "faint"
        else:
            text = words(
                "proposals.margin", amount=self.desk.money(left.amount), percent=left.percent
            )
            if left.amount < 0:
                tone = "bad"
            if left.unknown:
                text = f"{text} {words('proposals.cost_unknown', n=left.unknown)}"
        self.margin.setText(text)
        set_tone(self.margin, tone)
        warned = self._warnings(found, left)
        for at, (line, said) in enumerate(self.warnings):
            said.setText(warned[at] if at < len(warned) else "")
            line.setVisible(at < len(warned))
        self.ours.setVisible(bool(text or warned))

    def _warnings(self, found: Totals, left: Margin) -> list[str]:
        words, proposal = self.desk.words, self.desk.proposal
        warned = []
        for key, ids in (
            ("below_cost", left.below_cost),
            ("below_minimum", [one for one in left.below_minimum if one not in left.below_cost]),
        ):
            if ids:
                names = [self.desk.line(one).product_name for one in ids[:3]]
                listed = words("proposals.and").join(filter(None, names))
                warned.append(words(f"proposals.{key}", names=listed, n=len(ids)))
        open_ones = [
            one
            for one in self.desk.lines
            if one.kind == "item" and one.role == "counted" and not one.price
        ]
        if open_ones and not proposal.locked:
            named = [one.product_name or one.text for one in open_ones[:3]]
            listed = words("proposals.and").join(filter(None, named))
            warned.append(words("proposals.unpriced", names=listed, n=len(open_ones)))
        texts = (proposal.opening, proposal.delivery, proposal.terms, proposal.closing)
        if not proposal.locked and any("【" in text for text in texts):
            warned.append(words("proposals.unfilled"))
        if over := self.desk.over_limit(found):
            warned.append(over)
        return warned
