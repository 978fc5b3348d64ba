"""A proposal and its lines, instalments and signature; what may become of it (M43)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record
from fieldsales.errors import FieldError, UserError

STATES = ("draft", "final", "sent", "accepted", "declined", "expired", "ordered")
WAITING = ("final", "sent")  # for what the customer decides
TAX_MODES = ("included", "added", "none")
ROUNDINGS = ("line", "total")
LINE_KINDS = ("item", "heading", "text", "subtotal")
ROLES = ("counted", "optional", "alternative")
DISCOUNTS = ("percent", "amount")
DUES = ("accepted", "sent", "delivered", "day")
TEMPLATES = ("classic", "modern", "compact")
ACCENTS = ("navy", "wine", "forest", "plum", "earth", "graphite")
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
IMAGE = "data:image/png;base64,"  # how a signature that is a picture begins
_LONG = 5_000  # characters of a text
_ALWAYS = {"note", "deal_id"}  # what the customer does not see may change at any time

# state -> what may follow; everything after `draft` is locked
NEXT: Mapping[str, tuple[str, ...]] = {
    "draft": ("final",),
    "final": ("sent", "accepted", "declined", "expired"),
    "sent": ("accepted", "declined", "expired"),
    "accepted": ("ordered",),
    "declined": (),
    "expired": ("accepted", "declined"),  # a customer may come late, and we may still say yes
    "ordered": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Record):
    """A version of a proposal or quotation; all amounts in `currency`.

    `series_id` is the first version's id and tells which versions belong together. `number` comes
    with the final version, from this device's series. `sha256` is the printed document's, as it was
    signed. `signature` is JSON, strokes that are lists of [x, y] in thousandths of the field's
    width; or a picture, as IMAGE begins one; '' where it was signed on paper, on `signed_on`.
    `discount` is off the whole.
    """

    title: str = f.text(required=True)
    number: str = f.text(max_length=40, sealed=True)
    version: int | None = f.integer(1, sealed=True)
    series_id: str = f.text(max_length=64, shown=False, sealed=True)
    state: str = f.choice("proposal_state", STATES, default="draft", sealed=True)
    customer_id: str = f.reference("customer", required=True)
    contact_id: str | None = f.reference("contact")
    deal_id: str | None = f.reference("deal")
    language: str = f.text(max_length=10, shown=False)
    currency: str = f.text(max_length=3)
    tax_mode: str = f.choice("tax_mode", TAX_MODES, default="included")
    rounding: str = f.choice("rounding", ROUNDINGS, default="line")
    discount_kind: str = f.choice("discount_kind", DISCOUNTS)
    discount: str = f.decimal(places=8, low=0)
    dated: str | None = f.day()
    valid_until: str | None = f.day()
    delivery: str = f.note(2_000)
    opening: str = f.note(_LONG)
    terms: str = f.note(_LONG)
    closing: str = f.note(2_000)
    with_needs: int = f.flag()  # the page 'your needs – our answer'
    by_quadrant: int = f.flag()  # a page for each thinking style at their table
    worksheet_id: str | None = f.reference("worksheet")  # whose value stack and benefits it shows
    template: str = f.choice("proposal_template", TEMPLATES, default="classic")
    accent: str = f.choice("proposal_accent", ACCENTS, own=True)  # or #rrggbb
    without_prices: int = f.flag()
    note: str = f.note()  # for us alone
    made_final_at: str | None = f.moment(shown=False)
    sent_at: str | None = f.moment(shown=False)
    decided_at: str | None = f.moment(shown=False)
    decided_on: str | None = f.day(sealed=True)
    decided_by: str = f.text(max_length=100, sealed=True)
    decided_why: str = f.text(sealed=True)
    signed_by: str = f.text(sealed=True)
    signed_at: str | None = f.moment(shown=False)
    signed_on: str | None = f.day(sealed=True)
    signature: str = f.note(200_000)
    sha256: str = f.text(max_length=64, shown=False, sealed=True)

    def check(self, changed: Collection[str]) -> None:
        if self.locked and set(changed) - _ALWAYS:
            raise UserError("proposal.locked")
        _check_discount(self.discount_kind, self.discount, changed)
        named = self.accent in ("", *ACCENTS)
        if "accent" in changed and not named and not _COLOUR.fullmatch(self.accent):
            raise FieldError("proposal.accent", "accent")
        told = {"dated", "valid_until"} & set(changed) and self.dated and self.valid_until
        if told and (self.valid_until or "") < (self.dated or ""):
            raise FieldError("proposal.valid_before", "valid_until")

    @property
    def locked(self) -> bool:
        """Whether it is what the customer has or may have: a new version is made instead."""
        return self.state != "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine(Record):
    """A line: what is offered, the heading of a group, a text, or the sum since the last one.

    `price` is per unit in the currency's main unit, with or without tax as the proposal says. Only
    a `counted` line is in the totals; an `alternative` stands for the counted line before it.
    `cost` and `minimum`, per unit and without tax, are for us alone. `product_name` stands for the
    product should that go. `origin_id` is the line of the version before that it comes from.
    """

    proposal_id: str = f.reference("proposal", required=True, shown=False)
    position: int | None = f.integer(0, shown=False)
    kind: str = f.choice("line_kind", LINE_KINDS, default="item")
    role: str = f.choice("line_role", ROLES, default="counted")
    product_id: str | None = f.reference("product")
    product_name: str = f.text()
    text: str = f.note(2_000)
    quantity: str = f.decimal(places=6, low=0)
    unit: str = f.text(max_length=30)
    price: str = f.decimal(places=8, low=0)
    discount_kind: str = f.choice("discount_kind", DISCOUNTS)
    discount: str = f.decimal(places=8, low=0)
    tax_percent: str = f.decimal(places=4, low=0, high=100)
    cost: str = f.decimal(places=8, low=0)
    minimum: str = f.decimal(places=8, low=0)
    origin_id: str | None = f.reference("proposal_line", shown=False)

    def check(self, changed: Collection[str]) -> None:
        if "quantity" in changed and self.kind == "item" and self.quantity == "0":
            raise FieldError("proposal.no_quantity", "quantity")
        _check_discount(self.discount_kind, self.discount, changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment(Record):
    """A part of the price and when it is due: so many `days` after what `due` names, or on a day.

    `share` is a percentage of the total or an amount; '' takes what the others leave. The first is
    the deposit where it is due on acceptance.
    """

    proposal_id: str = f.reference("proposal", required=True, shown=False)
    position: int | None = f.integer(0, shown=False)
    label: str = f.text(max_length=100)
    share_kind: str = f.choice("discount_kind", DISCOUNTS, default="percent")
    share: str = f.decimal(places=8, low=0)
    due: str = f.choice("instalment_due", DUES, default="accepted")
    days: int | None = f.integer(0, 3_650)
    due_on: str | None = f.day()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure(Record):
    """A kept file that goes along with a proposal; `pages` of a PDF, None of others."""

    proposal_id: str = f.reference("proposal", required=True, shown=False)
    position: int | None = f.integer(0, shown=False)
    attachment_id: str = f.reference("attachment", required=True)
    pages: int | None = f.integer(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock(Record):
    """A text that is used again in proposals: terms, delivery, how one begins and ends."""

    kind: str = f.choice("text_block_kind", ("opening", "delivery", "terms", "closing"))
    title: str = f.text(required=True)
    text: str = f.note(_LONG)


def follow(state: str, to: str) -> str:
    """The state to come to; raises UserError("proposal.not_from_here") where it may not be."""
    if to not in NEXT[state]:
        raise UserError("proposal.not_from_here")
    return to


def is_expired(proposal: Proposal, today: str) -> bool:
    """Whether a proposal the customer has not decided on is past the day it holds until."""
    return (
        proposal.state in WAITING
        and bool(proposal.valid_until)
        and (proposal.valid_until or "") < today
    )


def _check_discount(kind: str, discount: str, changed: Collection[str]) -> None:
    concerned = {"discount", "discount_kind"} & set(changed)
    if concerned and kind != "amount" and f.as_decimal(discount) > 100:
        raise FieldError("proposal.discount_over", "discount")
