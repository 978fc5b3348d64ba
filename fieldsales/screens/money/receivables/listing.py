"""The list at the left: sums and ages above it, then debts or customers by what is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from fieldsales.domain.money.ageing import BUCKETS
from fieldsales.drawing.shapes import Picture
from fieldsales.methods.receivables.picture import ageing
from fieldsales.screens.contract import Context
from fieldsales.screens.record_list import ViewList
from fieldsales.store.queries import debts
from fieldsales.store.queries.debts import Currency, CustomerSum, Owed
from fieldsales.store.queries.receivables import Debt
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.words import Words

VIEWS = ("call", "open", "customers", "settled")
Shown = Owed | Debt | CustomerSum


class DebtList(ViewList[Shown]):
    """`view` is one of VIEWS, `bucket` an age that is chosen, `currency` the one in the picture."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "receivables", VIEWS)
        look, words = context.look, context.words
        self._owed: list[Owed] = []
        self._called: list[Owed] = []
        self._names: dict[str, str] = {}
        self.bucket = ""
        self.sums: list[Currency] = []
        self.currencies = Picks(look, name=words("field.receivable.currency"), clearable=False)
        self.currencies.chosen.connect(self._currency_chosen)
        self.picture = PictureBlock(look)
        self.picture.clicked.connect(self._bucket_pressed)
        self.put(look, self.list, self.currencies, self.picture, self.views, self.search)

    # what is shown

    @property
    def empty(self) -> bool:
        """Whether nothing at all is owed."""
        return not self._owed

    def read(self) -> None:
        """Reads all that is owed anew; one pass over the file."""
        self._owed = debts.owed(self._context.store)
        self.sums = debts.currencies(self._context.store, self.today)
        known = [one.currency for one in self.sums]
        if self.currencies.key not in known:
            self.currencies.set_key(known[0] if known else "")
        words = self._context.words
        self.currencies.set_picks(
            [
                Pick(one.currency, one.currency, words.money(one.owed, one.currency, cents=False))
                for one in self.sums
            ]
        )
        self.currencies.setVisible(len(known) > 1)
        self._draw()
        self._called = debts.to_call(self._owed, self.today)
        owing = len({one.customer_id for one in self._owed})
        self.count({"call": len(self._called), "open": len(self._owed), "customers": owing})
        self.reload()

    def _draw(self) -> None:
        words = self._context.words
        found = next((one for one in self.sums if one.currency == self.currencies.key), None)
        self.picture.setVisible(found is not None)
        if found is None:
            return
        said = words(
            "receivables.finding" if found.overdue else "receivables.finding_none",
            owed=words.money(found.owed, found.currency, cents=False),
            overdue=words.money(found.overdue, found.currency, cents=False),
            percent=round(100 * found.overdue / found.owed),
        )
        if found.dso:
            said = f"{said} {words('receivables.dso', days=found.dso)}"
        draw = partial(_drawn, words, found, self.bucket)
        tips = {
            name: f"{words(f'receivables.bucket.{name}')} "
            f"{words.money(found.buckets[name], found.currency)}"
            for name in BUCKETS
        }
        self.picture.show_picture(said, draw, tips)

    def _asked(self) -> Sequence[Shown]:
        store, asked = self._context.store, self.search.text().strip()
        found = self._called if self.view == "call" else self._owed
        if self.view == "settled":
            found = debts.settled(store)
        if self.bucket and self.view != "settled":
            found = [
                one
                for one in found
                if one.bucket(self.today) == self.bucket and one.currency == self.currencies.key
            ]
        if asked:
            whose, which = debts.found(store, asked)
            found = [one for one in found if one.customer_id in whose or one.id in which]
        return debts.by_customer(found, self.today) if self.view == "customers" else found

    def _narrowed(self) -> bool:
        return bool(self.search.text().strip() or self.bucket)

    def show_all(self) -> None:
        self.bucket = ""
        self._draw()
        super().show_all()

    # pressing

    def _currency_chosen(self, _key: str) -> None:
        self._draw()
        self.reload()

    def _bucket_pressed(self, bucket: str) -> None:
        self.bucket = "" if bucket == self.bucket else bucket
        if self.bucket and self.view in ("call", "settled"):
            self.views.set_key("open")
        self._draw()
        self.reload()

    # rows

    def _fetch(self, numbers: Sequence[int]) -> Sequence[Shown | None]:
        wanted = [self._rows[number] for number in numbers]
        sums = [one for one in wanted if isinstance(one, CustomerSum)]
        if sums:
            self._names |= debts.names(self._context.store, [one.customer_id for one in sums])
            return sums
        return debts.rows(self._context.store, [one for one in wanted if isinstance(one, Owed)])

    def _key(self, row: Shown) -> str:
        if isinstance(row, CustomerSum):
            return row.customer_id
        return row.id if isinstance(row, Owed) else row.receivable.id

    def _face(self, row: Shown) -> RowFace:
        words, one = self._context.words, row
        if isinstance(one, CustomerSum):
            return RowFace(
                title=self._names.get(one.customer_id, ""),
                subtitle=words("receivables.debts", n=one.debts),
                aside=words.money(one.owed, one.currency),
                aside_role="ink",
                below=words(
                    "receivables.of_it_late",
                    amount=words.money(one.overdue, one.currency, cents=False),
                    n=one.late,
                )
                if one.overdue
                else "",
                below_role="bad" if one.overdue else "ink-3",
            )
        assert isinstance(one, Debt)  # an Owed becomes one when it is fetched
        return debt_face(self._context, one)


def _drawn(words: Words, found: Currency, bucket: str, width: float) -> Picture:
    return ageing(words, found.buckets, found.currency, width, chosen=bucket, pressable=True)


def debt_face(context: Context, debt: Debt) -> RowFace:
    """A debt in two lines: whose and how much, which one and how late."""
    words, today, one = context.words, context.look.clock.today(), debt.receivable
    chips = []
    if one.kind == "credit_note":
        chips.append(ChipFace(words.choice("receivable_kind", one.kind), "accent"))
    if one.disputed:
        chips.append(ChipFace(words("receivables.disputed"), "warn"))
    late = debt.days_late(today)
    settled = debt.open <= 0
    promised = date.fromisoformat(debt.promised_on) if debt.promised_on else None
    if settled:
        below, role = words("receivables.settled"), "good"
    elif promised and promised < today:
        below = words("receivables.promise_broken", day=words.date(promised, year=False))
        role = "bad"
    elif promised:
        below = words("receivables.promised", day=words.days_from(promised, today))
        role = "good"
    elif late > 0:
        below, role = words("days.overdue", n=late), "bad"
    elif one.due_on:
        due = words.days_from(date.fromisoformat(one.due_on), today)
        below, role = words("receivables.due", day=due), "ink-3"
    else:
        below, role = words("receivables.no_due"), "ink-3"
    amount = (one.amount or 0) if settled else debt.open
    parts = [one.number, one.title]
    if not settled and promised and late > 0:
        parts.append(words("days.overdue", n=late))
    return RowFace(
        title=debt.customer,
        subtitle=" · ".join(filter(None, parts)),
        aside=words.money(amount, one.currency),
        aside_role="ink-3" if settled else "ink",
        below=below,
        below_role=role,
        chips=tuple(chips),
    )
