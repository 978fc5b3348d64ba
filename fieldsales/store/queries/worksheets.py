"""FFAB worksheets with what their page and papers need (M28), and the SPIN flow (M27)."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.need import Need
from fieldsales.domain.product import Price, Product, valid_price
from fieldsales.domain.visit import Visit, VisitItem
from fieldsales.domain.worksheet import (
    ValuePart,
    ValueStack,
    Worksheet,
    WorksheetRow,
    value_stack,
)
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries.needed import needed
from fieldsales.store.queries.pitch_links import value_parts, worksheet_rows

_LIVE = "trashed_at IS NULL"
_ORDER = "ORDER BY position IS NULL, position, created_at, id"


@dataclass(frozen=True, slots=True)
class WorksheetPage:
    """A worksheet with everything around it.

    `product`: None once it is gone, its name stays in the sheet. `needs`: what the customer has
    voiced, of any kind, newest first. `price`: what a unit costs today by the usual list.
    """

    sheet: Worksheet
    rows: tuple[WorksheetRow, ...] = ()
    parts: tuple[ValuePart, ...] = ()
    product: Product | None = None
    price: Price | None = None
    customer: Customer | None = None
    deal: Deal | None = None
    needs: tuple[Need, ...] = ()

    @property
    def stack(self) -> ValueStack:
        return value_stack(self.sheet.price, self.parts)

    @property
    def product_name(self) -> str:
        """As it is called now, or was when it went."""
        return self.product.name if self.product else self.sheet.product_name


@dataclass(frozen=True, slots=True)
class WorksheetLine:
    """A worksheet in a list; `answering` counts rows linked to a need, `number` is its own."""

    number: int
    sheet: Worksheet
    product: str = ""
    product_gone: bool = False
    customer: str = ""
    deal: str = ""
    rows: int = 0
    answering: int = 0


@dataclass(frozen=True, slots=True)
class Spin:
    """Questions and needs of a visit or a deal.

    `items`: questions in order; of a deal those of all its visits, then those that are in none yet.
    `by_visit`: the questions of each visit held, oldest first, for the trend.
    """

    customer: Customer
    deal: Deal | None = None
    visit: Visit | None = None
    items: tuple[VisitItem, ...] = ()
    needs: tuple[Need, ...] = ()
    rows: tuple[WorksheetRow, ...] = ()
    by_visit: tuple[tuple[Visit, tuple[VisitItem, ...]], ...] = ()


def worksheet_page(store: Store, worksheet_id: str) -> WorksheetPage:
    """A worksheet; raises UserError("record.gone") if it is unknown or in the trash."""
    with store.reading():
        sheet = store.record(Worksheet, worksheet_id)
        if sheet is None or sheet.trashed_at:
            raise UserError("record.gone")
        product = store.record(Product, sheet.product_id)
        prices = store.records(
            Price, f"SELECT * FROM price WHERE product_id = ? AND {_LIVE}", [sheet.product_id]
        )
        return WorksheetPage(
            sheet=sheet,
            rows=tuple(worksheet_rows(store, sheet.id)),
            parts=tuple(value_parts(store, sheet.id)),
            product=None if product is None or product.trashed_at else product,
            price=valid_price(prices, store.clock.today().isoformat()),
            customer=store.record(Customer, sheet.customer_id),
            deal=store.record(Deal, sheet.deal_id),
            needs=_needs(store, sheet.customer_id),
        )


def worksheets(store: Store) -> list[Worksheet]:
    """All worksheets, the newest first."""
    return store.records(
        Worksheet, f"SELECT * FROM worksheet WHERE {_LIVE} ORDER BY created_at DESC, id DESC"
    )


def worksheet_lines(store: Store) -> list[WorksheetLine]:
    """All worksheets with the names of what they are about, the newest first."""
    with store.reading():
        told = store.rows(
            "SELECT w.id, w.rowid, coalesce(p.name, w.product_name),"
            " w.product_id IS NOT NULL AND p.id IS NULL,"
            " coalesce(nullif(c.short_name, ''), c.name, ''), coalesce(d.title, ''),"
            " count(r.id), count(r.need_id) FROM worksheet w"
            " LEFT JOIN product p ON p.id = w.product_id AND p.trashed_at IS NULL"
            " LEFT JOIN customer c ON c.id = w.customer_id"
            " LEFT JOIN deal d ON d.id = w.deal_id"
            " LEFT JOIN worksheet_row r ON r.worksheet_id = w.id AND r.trashed_at IS NULL"
            " WHERE w.trashed_at IS NULL GROUP BY w.id"
        )
        about = {row_id: rest for row_id, *rest in told}
        found = []
        for sheet in worksheets(store):
            number, product, gone, customer, deal, rows, answering = about[sheet.id]
            line = WorksheetLine(
                number, sheet, product, bool(gone), customer, deal, rows, answering
            )
            found.append(line)
    return found


def latest_worksheet(store: Store) -> str:
    """Id of the newest worksheet with a row, any other if there is none; UserError without one."""
    found = store.value(
        "SELECT w.id FROM worksheet w WHERE w.trashed_at IS NULL ORDER BY NOT EXISTS"
        " (SELECT 1 FROM worksheet_row r WHERE r.worksheet_id = w.id AND r.trashed_at IS NULL),"
        " w.created_at DESC, w.id DESC LIMIT 1"
    )
    return needed(found, "cli.report.no_worksheet")


def fullest_worksheet(store: Store) -> str:
    """Id of the worksheet with most rows and parts of a value; UserError without one."""
    parts = " + ".join(
        f"(SELECT count(*) FROM {table} r WHERE r.worksheet_id = w.id AND r.{_LIVE})"
        for table in ("worksheet_row", "value_part")
    )
    found = store.value(f"SELECT w.id FROM worksheet w WHERE w.{_LIVE} ORDER BY {parts} DESC, w.id")
    return str(found) if found is not None else latest_worksheet(store)


def worksheets_for(store: Store, customer_id: str, deal_id: str | None = None) -> list[Worksheet]:
    """Worksheets for a conversation: the deal's own, the customer's, its industry's, general ones.

    Those of other deals and customers are left out.
    """
    return store.records(
        Worksheet,
        f"SELECT w.* FROM worksheet w JOIN customer c ON c.id = ?1 WHERE w.{_LIVE}"
        " AND (w.deal_id IS NULL OR w.deal_id IS ?2)"
        " AND (w.customer_id = ?1 OR (w.customer_id IS NULL AND w.industry IN ('', c.industry)))"
        " ORDER BY w.deal_id IS NULL, w.customer_id IS NULL, w.industry = '',"
        " w.created_at DESC, w.id DESC",
        [customer_id, deal_id],
    )


def spin_of_visit(store: Store, visit_id: str) -> Spin:
    """The questions of a visit; needs are those that were voiced in it or before, of its deal."""
    with store.reading():
        visit = store.record(Visit, visit_id)
        customer = store.record(Customer, visit.customer_id) if visit else None
        if visit is None or customer is None:
            raise UserError("record.gone")
        deal = store.record(Deal, visit.deal_id)
        return Spin(
            customer=customer,
            deal=deal,
            visit=visit,
            items=_questions(store, "visit_id", visit.id),
            needs=_of_deal(_needs(store, customer.id), visit.deal_id),
            rows=_rows(store, customer.id, visit.deal_id),
            by_visit=_by_visit(store, customer.id, visit.deal_id, visit.starts_at),
        )


def spin_of_deal(store: Store, deal_id: str) -> Spin:
    """The questions of a deal; raises UserError("record.gone") if it is unknown."""
    with store.reading():
        deal = store.record(Deal, deal_id)
        customer = store.record(Customer, deal.customer_id) if deal else None
        if deal is None or customer is None:
            raise UserError("record.gone")
        visits = store.records(
            VisitItem,
            "SELECT i.* FROM visit v JOIN visit_item i ON i.visit_id = v.id WHERE v.deal_id = ?"
            " AND i.kind = 'question' AND v.trashed_at IS NULL AND i.trashed_at IS NULL"
            " AND v.state <> 'cancelled'"
            " ORDER BY v.starts_at, v.id, i.position IS NULL, i.position, i.created_at, i.id",
            [deal_id],
        )
        return Spin(
            customer=customer,
            deal=deal,
            items=(*visits, *_questions(store, "deal_id", deal_id)),
            needs=_of_deal(_needs(store, customer.id), deal_id),
            rows=_rows(store, customer.id, deal_id),
            by_visit=_by_visit(store, customer.id, deal_id),
        )


def latest_spin(store: Store) -> str:
    """`deal:<id>` of the deal for which a question was planned or asked last, or `visit:<id>`;
    UserError if nothing was.
    """
    for deal_id, visit_id in store.rows(
        "SELECT coalesce(i.deal_id, v.deal_id), i.visit_id FROM visit_item i"
        " LEFT JOIN visit v ON v.id = i.visit_id LEFT JOIN deal d ON d.id = i.deal_id"
        " WHERE i.kind = 'question' AND i.trashed_at IS NULL AND v.trashed_at IS NULL"
        " AND d.trashed_at IS NULL ORDER BY i.created_at DESC, i.id DESC LIMIT 1"
    ):
        return f"deal:{deal_id}" if deal_id else f"visit:{visit_id}"
    raise UserError("cli.report.no_questions")


def fullest_spin(store: Store) -> str:
    """`deal:<id>` of the deal for which most was asked, else as `latest_spin`."""
    found = store.value(
        "SELECT d.id FROM deal d JOIN visit v ON v.deal_id = d.id JOIN visit_item i"
        f" ON i.visit_id = v.id AND i.kind = 'question' WHERE d.{_LIVE} AND v.{_LIVE}"
        f" AND i.{_LIVE} GROUP BY d.id ORDER BY count(*) DESC, d.id"
    )
    return f"deal:{found}" if found is not None else latest_spin(store)


def _questions(store: Store, owner: str, owner_id: str) -> tuple[VisitItem, ...]:
    sql = f"SELECT * FROM visit_item WHERE {owner} = ? AND kind = 'question' AND {_LIVE} {_ORDER}"
    return tuple(store.records(VisitItem, sql, [owner_id]))


def _by_visit(
    store: Store, customer_id: str, deal_id: str | None, until: str = "9999"
) -> tuple[tuple[Visit, tuple[VisitItem, ...]], ...]:
    """Visits held until a moment, of the deal if there is one, each with its questions."""
    visits = store.records(
        Visit,
        f"SELECT * FROM visit WHERE customer_id = ?1 AND (?2 IS NULL OR deal_id = ?2) AND {_LIVE}"
        " AND state IN ('running', 'concluded') AND starts_at <= ?3 ORDER BY starts_at, id",
        [customer_id, deal_id, until],
    )
    return tuple((visit, _questions(store, "visit_id", visit.id)) for visit in visits)


def _needs(store: Store, customer_id: str | None) -> tuple[Need, ...]:
    sql = f"SELECT * FROM need WHERE customer_id = ? AND {_LIVE} ORDER BY created_at DESC, id DESC"
    return tuple(store.records(Need, sql, [customer_id]))


def _of_deal(needs: tuple[Need, ...], deal_id: str | None) -> tuple[Need, ...]:
    """A deal's needs and those that are of no deal; all of them without a deal."""
    return tuple(need for need in needs if deal_id is None or need.deal_id in (None, deal_id))


def _rows(store: Store, customer_id: str, deal_id: str | None) -> tuple[WorksheetRow, ...]:
    """Rows of the customer's worksheets, those of other deals left out."""
    return tuple(
        store.records(
            WorksheetRow,
            "SELECT r.* FROM worksheet w JOIN worksheet_row r ON r.worksheet_id = w.id"
            " WHERE w.customer_id = ?1 AND (?2 IS NULL OR w.deal_id IS NULL OR w.deal_id = ?2)"
            " AND w.trashed_at IS NULL AND r.trashed_at IS NULL"
            " ORDER BY w.created_at, w.id, r.position, r.created_at, r.id",
            [customer_id, deal_id],
        )
    )
