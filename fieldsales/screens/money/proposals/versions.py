"""The versions of a proposal, and what changed since the one before, in words."""

from __future__ import annotations

from datetime import date

from fieldsales.domain.contact import Contact
from fieldsales.domain.money.proposal import Proposal, ProposalLine
from fieldsales.domain.money.versions import Change, LineChange, difference
from fieldsales.screens.money.proposals.cells import grouped
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.store.queries.proposals import lines, totals_of
from fieldsales.widgets.card import Section, empty
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import column, label

_LONG = ("opening", "delivery", "terms", "closing", "text")  # only said to be different
_CHOICES = {
    "tax_mode": "tax_mode",
    "rounding": "rounding",
    "discount_kind": "discount_kind",
    "role": "line_role",
    "kind": "line_kind",
}
_UNSAID = ("product_id", "origin_id", "cost", "minimum")
_AT_MOST = 40  # sentences


class VersionsSection(Section):
    """Shown once there are two; a line leads to its version."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, desk.words("proposals.versions"), gap=8)
        self.desk = desk
        self.lines: list[Line] = []
        self._list = column(desk.look, gap=0)
        self.finding = label(desk.look, tone="muted")
        self.told = column(desk.look, gap=2)
        self.body.addLayout(self._list)
        self.body.addWidget(self.finding)
        self.body.addLayout(self.told)

    def show_versions(self) -> None:
        """Shows those of the desk's proposal."""
        desk = self.desk
        known = desk.versions
        self.setVisible(len(known) > 1)
        if len(known) < 2:
            return
        sums = totals_of(desk.context.store, known)
        while len(self.lines) < len(known):
            line = Line(desk.look)
            line.clicked.connect(self._open)
            self._list.addWidget(line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(known))
            if at < len(known):
                one = known[-1 - at]
                line.show_face(self._face(one, sums.get(one.id)), opened=one.id == desk.proposal_id)
        before = [one for one in known if (one.version or 1) < (desk.proposal.version or 1)]
        empty(self.told)
        self.finding.setVisible(bool(before))
        if before:
            sentences = told(desk, before[-1], desk.proposal)
            key = "changed_since" if sentences else "same_as"
            self.finding.setText(desk.words(f"proposals.{key}", n=before[-1].version or 1))
            for sentence in sentences[:_AT_MOST]:
                self.told.addWidget(label(desk.look, sentence, wrap=True))
            if len(sentences) > _AT_MOST:
                more = desk.words("proposals.more_changes", n=len(sentences) - _AT_MOST)
                self.told.addWidget(label(desk.look, more, tone="faint"))

    def _face(self, one: Proposal, total: int | None) -> LineFace:
        words = self.desk.words
        amount = words.money(total, one.currency) if total is not None else ""
        state = words.choice("proposal_state", one.state)
        title = words("proposals.version", n=one.version or 1)
        aside = " · ".join(filter(None, (one.number, amount)))
        return LineFace(one.id, f"{title} · {state}", aside=aside)

    def _open(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        self.desk.context.open("proposal", line.face.key)


def told(desk: Desk, before: Proposal, after: Proposal) -> list[str]:
    """What changed from one version to a later one: a sentence for each change."""
    store, words = desk.context.store, desk.words
    old, new = lines(store, before.id), lines(store, after.id)
    origins = {line.id: line.origin_id for line in new if line.origin_id}
    found = difference(before, old, after, new, origins)
    said = []
    for change in found.head:
        name = words(f"field.proposal.{change.field}")
        said.append(_change(desk, name, change))
    for line in found.lines:
        said += _line(desk, line)
    return said


def _line(desk: Desk, found: LineChange) -> list[str]:
    words, name = desk.words, _name(desk, found.line)
    if found.kind == "changed":
        parts = [
            _change(desk, words(f"field.proposal_line.{one.field}"), one)
            for one in found.changes
            if one.field not in _UNSAID
        ]
        together = words("proposals.semicolon").join(parts)
        return [words("proposals.line_changed", name=name, changes=together)] if parts else []
    if found.kind == "added":
        name = _with_figures(desk, found.line, name)
    return [words(f"proposals.line_{found.kind}", name=name)]


def _name(desk: Desk, line: ProposalLine) -> str:
    return line.product_name or line.text or desk.words.choice("line_kind", line.kind)


def _with_figures(desk: Desk, line: ProposalLine, name: str) -> str:
    if line.kind != "item" or not line.quantity:
        return name
    sign = desk.words.currency_sign(desk.currency)
    figures = f"{grouped(line.quantity)} {line.unit}".strip()
    if line.price:
        figures = f"{figures} × {sign}{grouped(line.price)}"
    return f"{name} {figures}"


def _change(desk: Desk, name: str, change: Change) -> str:
    words = desk.words
    if change.field in _LONG:
        return words("proposals.text_differs", name=name)
    before, after = (_value(desk, change.field, one) for one in (change.before, change.after))
    return words("proposals.differs", name=name, before=before, after=after)


def _value(desk: Desk, field: str, value: object) -> str:
    words = desk.words
    if value in (None, ""):
        return words("proposals.nothing")
    if field in _CHOICES:
        return words.choice(_CHOICES[field], str(value))
    if field in ("dated", "valid_until"):
        return words.date(date.fromisoformat(str(value)))
    if field == "contact_id":
        contact = desk.context.store.record(Contact, str(value))
        return contact.name if contact else words("proposals.nothing")
    if field == "without_prices":
        return words("proposals.yes" if value else "proposals.no")
    if field in ("quantity", "price", "discount"):
        return grouped(str(value))
    return str(value)
