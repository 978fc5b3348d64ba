"""Customer file (M01), size class (M02), purchase status (M03), rhythm (M04), completeness."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record

KINDS = ("organisation", "person", "supplier", "distributor", "department")
OWNERSHIPS = ("state", "private", "foreign", "joint", "government", "individual")
CREDIT_GRADES = ("a", "b", "c", "d")
STANDINGS = ("leader", "strong", "middle", "small", "new")
HORIZONS = ("now", "two_weeks", "month", "unknown")
SOURCES = (
    "old_customer",
    "end_user",
    "other_seller",
    "market_information",
    "exhibition",
    "web",
    "cold_visit",
    "other",
)
STATUSES = ("existing", "target", "potential", "lost")  # M03
RELATIONSHIPS = ("build", "develop", "maintain", "broken")  # M10
IMPORTANCES = ("vip", "major", "ordinary", "small")
INDUSTRIES = (
    "feed_dealer",
    "pig_farm",
    "poultry_farm",
    "cattle_farm",
    "sheep_farm",
    "aquaculture",
    "cooperative",
    "food_processing",
    "telecom",
    "manufacturing",
    "retail",
    "finance",
    "healthcare",
    "education",
    "government",
    "logistics",
    "construction",
    "other",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Record):
    """An organisation or person we sell to, or deal with in the wide sense (M01).

    `feeling` 1–5 is the other side of what both do (M10). `credit_limit` is in the usual currency
    (M42). `special_policy`: buys only under a special one, a discount or rebate each time (M08).
    `importance` was typed here once: it holds the class (M06) as a pin does, until it is released.
    One in the trash that was `merged_into` another stands for that one wherever it is referred to.
    """

    name: str = f.text(required=True)
    short_name: str = f.text(max_length=60)
    own_id: str = f.text(max_length=60)  # the number in the company's own books
    kind: str = f.choice("customer_kind", KINDS, default="organisation")
    industry: str = f.choice("industry", INDUSTRIES, own=True)
    ownership: str = f.choice("ownership", OWNERSHIPS)
    employees: int | None = f.integer(0, 10_000_000)
    region: str = f.text(max_length=80)
    address: str = f.text(max_length=300)
    phone: str = f.phone()
    email: str = f.text(max_length=120)
    website: str = f.text(max_length=200)
    source: str = f.choice("source", SOURCES, own=True)
    horizon: str = f.choice("horizon", HORIZONS)
    importance: str = f.choice("importance", IMPORTANCES)
    credit_grade: str = f.choice("credit_grade", CREDIT_GRADES)
    credit_limit: int | None = f.money()
    standing: str = f.choice("standing", STANDINGS)
    special_policy: int = f.flag()
    seller: str = f.text(max_length=60)
    relationship: str = f.choice("relationship", RELATIONSHIPS)
    feeling: int | None = f.integer(1, 5)
    feeling_note: str = f.text(max_length=300)
    parent_id: str | None = f.reference("customer")
    pinned_status: str = f.choice("purchase_status", STATUSES, sealed=True)
    status_reason: str = f.text(sealed=True)
    merged_into_id: str | None = f.reference("customer", shown=False, sealed=True, owner=True)
    note: str = f.note()


def size_class(employees: int | None) -> str:
    """M02: `a` ≥ 1000, `b` 500–999, `c` 100–499, `d` 10–99, `e` 1–9; unknown gives ''."""
    if not employees or employees < 0:
        return ""
    for code, least in (("a", 1000), ("b", 500), ("c", 100), ("d", 10)):
        if employees >= least:
            return code
    return "e"


def serving_channel(employees: int | None, ownership: str) -> str:
    """M02: the channel a size class proposes, '' while it is unknown."""
    size = size_class(employees)
    if ownership == "government" or size in ("a", "b"):
        return "account_manager"
    if size in ("c", "d"):
        return "shared_channels"
    return "self_service" if size == "e" else ""


DEFAULT_RHYTHM = {"now": 1, "two_weeks": 3, "month": 7, "unknown": 30}
# days between contacts by importance, whatever the horizon; 0 is none. The settings may say others
CLASS_RHYTHM = {"vip": 14, "major": 30, "ordinary": 90, "small": 0}


COMPLETENESS_FIELDS = (
    "industry",
    "ownership",
    "employees",
    "region",
    "address",
    "phone",
    "source",
    "horizon",
    "credit_grade",
    "standing",
)
COMPLETENESS_FACTS = ("contact", "decision_maker")


def completeness(customer: Customer, contacts: int, decision_makers: int) -> tuple[int, list[str]]:
    """M01: share of the file that is filled, in whole percent, and what is missing.

    Missing names are fields of `Customer` or one of `COMPLETENESS_FACTS`.
    """
    missing = [name for name in COMPLETENESS_FIELDS if getattr(customer, name) in ("", None)]
    if not contacts:
        missing.append("contact")
    if not decision_makers:
        missing.append("decision_maker")
    wanted = len(COMPLETENESS_FIELDS) + len(COMPLETENESS_FACTS)
    return round(100 * (wanted - len(missing)) / wanted), missing
