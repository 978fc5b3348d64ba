"""People for the papers' tests: with all that may be known of them, and with nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fieldsales.domain.contact import BuyingRole, Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.need import NeedRating
from fieldsales.domain.preference import Preference
from fieldsales.domain.profile import SHEETS, Assessment, Clue
from fieldsales.domain.whole_brain import QUADRANTS
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.reports.documents.profile import Facts
from fieldsales.store.queries.people import People, PersonRow

TODAY = date(2026, 11, 22)
CUSTOMER = Customer(id="c1", name="定边县海润牧业有限公司", short_name="海润", feeling=2)

# What a client must never read of themselves; each mark stands in the internal profile.
INTERNAL_MARKS = (
    "决策人",
    "观察",
    "把握",
    "线索",
    "追着问一头省几斤",
    "怎么谈",
    "带上：",
    "别这样：",
    "你和对方",
    "内部版",
)


def taken(a: int, b: int, c: int, d: int, day: str = "2026-11-03") -> Assessment:
    """A finished self-assessment with so many picks of each quadrant."""
    items = list(whole_brain("zh_CN").items.values())
    picked = []
    for quadrant, count in zip(QUADRANTS, (a, b, c, d), strict=True):
        picked += [item for item in items if item.quadrant == quadrant][:count]
    sheets = {
        sheet: " ".join(item.code for item in picked if item.sheet == sheet) for sheet in SHEETS
    }
    return Assessment(id=f"a{day}", finished_at=f"{day}T09:00:00Z", **sheets)


def he() -> PersonRow:
    """The decision maker, of whom all is known."""
    contact = Contact(
        id="p1",
        name="贺文清",
        customer_id="c1",
        title="场长",
        department="生产部",
        level="top",
        mobile="138-0000-0001",
        messenger="wx_he",
        birthday="1976-04-30",
        birthday_calendar="lunar",
        sees_long_term=2,
        plays_fair=1,
        negotiation_evidence="答应的数不改口",
    )
    return PersonRow(
        contact,
        roles=(
            BuyingRole(id="r1", customer_id="c1", contact_id="p1", role="decision_maker",
                       influence=5, attitude=1, confirmed=1, evidence="试验单是他签的"),
        ),
        clues=tuple(
            Clue(id=f"k{at}", contact_id="p1", code=code, seen_on=day, note=note)
            for at, (code, day, note) in enumerate(
                (
                    ("words_a3", "2026-11-10", "追着问一头省几斤"),
                    ("desk_a1", "2026-10-20", ""),
                    ("first_b3", "2026-10-20", ""),
                    ("of_tomorrow", "2026-10-20", ""),  # a clue that only a newer version knows
                )
            )
        ),
        assessment=taken(3, 4, 9, 8),
        ratings=(NeedRating(id="n1", contact_id="p1", category="recognition", rating=4),),
        last_met="2026-11-19T02:00:00Z",
    )  # fmt: skip


def rich_people() -> People:
    """A customer with something in every part."""
    kang = PersonRow(
        Contact(id="p2", name="康小云", customer_id="c1", title="财务主管", level="middle",
                reports_to_id="p1", birthday="02-29", phone="0912-555"),
        roles=(
            BuyingRole(id="r2", customer_id="c1", contact_id="p2", role="gatekeeper",
                       influence=3, attitude=-1, evidence="没有税务明细不付款"),
        ),
        clues=(Clue(id="k9", contact_id="p2", code="desk_b2", seen_on="2026-10-06"),),
        last_met="2026-06-01T02:00:00Z",
    )  # fmt: skip
    vacant = PersonRow(Contact(id="p3", name="育肥舍主任", customer_id="c1", vacant=1,
                               level="middle", reports_to_id="p1"))  # fmt: skip
    wang = PersonRow(Contact(id="p4", name="王海涛", customer_id="c1", reports_to_id="p3"))
    return People(
        CUSTOMER,
        (he(), kang, vacant, wang),
        ratings=(NeedRating(id="n2", category="finance", rating=4),),
        counts={"visits": 9, "orders": 2, "replies": 4},
        noted=tuple(
            Preference(customer_id="c1", contact_id="p1", text=text)
            for text in ("认数据，别夸", "喝浓茶")
        ),
    )


def nobody() -> People:
    """A customer of whom nobody is known."""
    return People(Customer(id="c2", name="新客户"), ())


def crowd(count: int) -> People:
    """Many people below each other, four to each."""
    rows = tuple(
        PersonRow(
            Contact(id=f"p{at}", name=f"员工{at}号", customer_id="c1", title="饲养员",
                    reports_to_id=f"p{(at - 1) // 4}" if at else None),
        )
        for at in range(count)
    )  # fmt: skip
    return People(CUSTOMER, rows)


def rich_profile() -> Facts:
    """Self-assessed twice, observed, with a rep who has assessed himself."""
    return Facts(
        he(),
        (taken(3, 4, 9, 8), taken(6, 6, 6, 6, "2025-11-03")),
        CUSTOMER,
        taken(10, 6, 5, 3, "2026-01-04"),
    )


def seen_profile() -> Facts:
    """Only observed."""
    return Facts(replace(he(), assessment=None), (), CUSTOMER, taken(10, 6, 5, 3))


def unknown_profile() -> Facts:
    """A contact of whom only the name is known."""
    return Facts(PersonRow(Contact(id="p9", name="某人")))


def own_profile() -> Facts:
    """The rep's."""
    return Facts(None, (taken(3, 4, 9, 8), taken(9, 9, 3, 3, "2025-01-01")))
