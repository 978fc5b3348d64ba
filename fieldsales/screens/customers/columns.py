"""How a customer reads in the list: the face of its two lines, and the columns of the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from fieldsales.domain.clock import Clock, from_stamp, local_day
from fieldsales.domain.portfolio import CLASSES, IMPORTANCE
from fieldsales.store.queries.customers import CustomerRow
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.rows import Column
from fieldsales.words import Words


def day_of(stamp: str) -> date:
    """The laptop's day of a moment, or the day itself."""
    return local_day(stamp) if "T" in stamp else date.fromisoformat(stamp)


# courses that the list says without being asked, and how they look
TONES: dict[str, str] = {"declining": "warn", "problem": "bad", "growing": "good", "new": "good"}


class CustomerFaces:
    """Faces and columns in one language, seen from the day it is."""

    def __init__(self, words: Words, clock: Clock, currency: str) -> None:
        self._words = words
        self._clock = clock
        self._currency = currency

    def next_step(self, row: CustomerRow) -> tuple[str, str]:
        """What the list says of the next step, and its colour role."""
        words = self._words
        if row.next_at is None:
            return words("customers.no_next"), "warn"
        day, today = day_of(row.next_at), self._clock.today()
        if day < today:
            return words("days.overdue", n=(today - day).days), "bad"
        if 2 <= (day - today).days <= 6:
            return words.weekday(day), "ink-2"
        return words.days_from(day, today), "ink-2"

    def last(self, row: CustomerRow) -> str:
        words = self._words
        if row.last_contact is None:
            return words("customers.never")
        day = words.days_from(local_day(row.last_contact), self._clock.today())
        return words("customers.last", day=day)

    def face(self, row: CustomerRow) -> RowFace:
        words = self._words
        chips = []
        if row.complaints:
            chips.append(ChipFace(words("customers.complaint"), "bad"))
        if row.importance == "vip":
            chips.append(ChipFace(words("customers.vip"), "accent"))
        if row.course in TONES:
            chips.append(ChipFace(words.choice("course", row.course), TONES[row.course]))
        text, role = self.next_step(row)
        return RowFace(
            title=row.name,
            subtitle=self.last(row),
            aside=row.region,
            below=text,
            below_role=role,
            chips=tuple(chips),
        )

    def columns(self) -> list[Column[CustomerRow]]:
        words = self._words

        def seen(row: CustomerRow) -> str:
            if row.last_contact is None:
                return ""
            return words.days_from(local_day(row.last_contact), self._clock.today())

        def seen_exactly(row: CustomerRow) -> str:
            return words.moment(from_stamp(row.last_contact)) if row.last_contact else ""

        def coming_exactly(row: CustomerRow) -> str:
            return words.date(day_of(row.next_at)) if row.next_at else ""

        def choice(
            name: str, listed: str, width: int, *, shown: bool = True
        ) -> Column[CustomerRow]:
            return Column(
                name,
                f"field.customer.{name}",
                lambda row: words.choice(listed, getattr(row, name)),
                width,
                sort=name if name == "horizon" else "",
                shown=shown,
            )

        def classed(method: str, *, shown: bool = False) -> Column[CustomerRow]:
            sort = method if method in ("importance", "course", "stance", "star_cow") else ""
            return Column(
                method,
                f"choice.class_method.{method}",
                lambda row: words.choice(method, getattr(row, method)),
                100,
                sort=sort,
                shown=shown,
                role=lambda row: "accent" if method in row.pinned.split() else "ink",
                tooltip=lambda row: words("classes.held") if method in row.pinned.split() else "",
            )

        def figure(name: str, text: Callable[[int], str], width: int = 110) -> Column[CustomerRow]:
            def told(row: CustomerRow) -> str:
                value = getattr(row, name)
                return "" if value is None else text(value)

            return Column(
                name,
                f"portfolio.figure.{name}",
                told,
                width,
                right=True,
                sort=name,
                descending=True,
                value=lambda row: getattr(row, name),
                shown=False,
            )

        def money(minor: int) -> str:
            return words.money(minor, self._currency, cents=False)

        def percent(tenths: int) -> str:
            return words("portfolio.percent", n=Decimal(tenths).scaleb(-1))

        def points(tenths: int) -> str:
            return f"{Decimal(tenths).scaleb(-1)}"

        return [
            Column("name", "field.customer.name", lambda row: row.name, 240, sort="name"),
            Column("region", "field.customer.region", lambda row: row.region, 110, sort="region"),
            Column(
                "last_contact",
                "customers.column_last",
                seen,
                110,
                right=True,
                sort="last_contact",
                descending=True,
                value=lambda row: row.last_contact,
                tooltip=seen_exactly,
            ),
            Column(
                "next_at",
                "customers.column_next",
                lambda row: self.next_step(row)[0],
                110,
                right=True,
                sort="next_at",
                value=lambda row: row.next_at,
                tooltip=coming_exactly,
                role=lambda row: self.next_step(row)[1],
            ),
            choice("horizon", "horizon", 110),
            classed("importance", shown=True),
            Column(
                "size_class",
                "customers.column_size",
                lambda row: row.size_class.upper(),
                70,
                sort="employees",
                descending=True,
                value=lambda row: row.employees,
                tooltip=lambda row: words.choice("size_class", row.size_class),
            ),
            Column(
                "completeness",
                "customers.column_complete",
                lambda row: f"{row.completeness} %",
                90,
                right=True,
                sort="completeness",
                value=lambda row: row.completeness,
            ),
            Column("tags", "noun.tag", lambda row: " · ".join(row.tags), 140),
            choice("industry", "industry", 110, shown=False),
            choice("source", "source", 130, shown=False),
            choice("ownership", "ownership", 110, shown=False),
            Column(
                "phone", "field.customer.phone", lambda row: row.phone, 140, right=True, shown=False
            ),
            Column("seller", "field.customer.seller", lambda row: row.seller, 100, shown=False),
            Column(
                "visits",
                "customers.column_visits",
                lambda row: words.number(row.visits),
                80,
                right=True,
                sort="visits",
                descending=True,
                value=lambda row: row.visits,
                shown=False,
            ),
            Column(
                "open_deals",
                "customers.column_deals",
                lambda row: words.number(row.open_deals) if row.open_deals else "",
                80,
                right=True,
                sort="open_deals",
                descending=True,
                value=lambda row: row.open_deals,
                shown=False,
            ),
            *(classed(method) for method in CLASSES if method != IMPORTANCE),
            figure("sales", money),
            figure("value", money),
            figure("lifetime", money),
            figure("share", percent, 90),
            figure("points", points, 80),
            Column(
                "special_policy",
                "field.customer.special_policy",
                lambda row: words("classes.special") if row.special_policy else "",
                110,
                shown=False,
            ),
            Column(
                "created_at",
                "customers.column_created",
                lambda row: words.date(local_day(row.created_at)),
                110,
                right=True,
                sort="created_at",
                descending=True,
                value=lambda row: row.created_at,
                shown=False,
            ),
        ]
