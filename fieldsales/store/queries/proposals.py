"""Proposals with their lines and instalments, their versions and numbers (M43)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fieldsales.domain.keeping import Attachment
from fieldsales.domain.money.proposal import (
    Enclosure,
    Instalment,
    Proposal,
    ProposalLine,
    TextBlock,
    is_expired,
)
from fieldsales.domain.money.totals import totals
from fieldsales.domain.product import Price, valid_price
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries.currencies import base_currency
from fieldsales.words import minor_digits

_FILES = 40  # offered to go along, at most
_ORDER = "ORDER BY position IS NULL, position, created_at, id"


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal in a list: whose it is, and for which deal."""

    proposal: Proposal
    customer: str
    deal: str
    number: int = 0  # of the row


def lines(store: Store, proposal_id: str) -> list[ProposalLine]:
    """The lines of a proposal in order."""
    sql = f"SELECT * FROM proposal_line WHERE proposal_id = ? AND trashed_at IS NULL {_ORDER}"
    return store.records(ProposalLine, sql, [proposal_id])


def instalments(store: Store, proposal_id: str) -> list[Instalment]:
    """The parts its price is paid in, in order."""
    sql = f"SELECT * FROM instalment WHERE proposal_id = ? AND trashed_at IS NULL {_ORDER}"
    return store.records(Instalment, sql, [proposal_id])


def enclosures(store: Store, proposal_id: str) -> list[Enclosure]:
    """The files that go along with it, in order."""
    sql = f"SELECT * FROM enclosure WHERE proposal_id = ? AND trashed_at IS NULL {_ORDER}"
    return store.records(Enclosure, sql, [proposal_id])


def enclosed(store: Store, proposal_id: str) -> list[tuple[Enclosure, Attachment]]:
    """The same with their files; one that was erased is left out."""
    found = enclosures(store, proposal_id)
    kept = {
        file.id: file
        for file in store.records(
            Attachment,
            "SELECT * FROM attachment WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps([one.attachment_id for one in found])],
        )
    }
    return [(one, kept[one.attachment_id]) for one in found if one.attachment_id in kept]


def files_at_hand(store: Store, proposal: Proposal) -> list[Attachment]:
    """What could go along: files of its deal and customer, those of its products last.

    Papers of ours that were printed are not among them.
    """
    products = "SELECT product_id FROM proposal_line WHERE proposal_id = ?4 AND trashed_at IS NULL"
    return store.records(
        Attachment,
        "SELECT a.* FROM attachment a LEFT JOIN visit v ON v.id = a.visit_id"
        " WHERE a.trashed_at IS NULL AND a.kind <> 'report' AND (a.deal_id = ?1 OR v.deal_id = ?1"
        " OR (a.deal_id IS NULL AND coalesce(a.customer_id, v.customer_id) = ?2)"
        f" OR a.product_id IN ({products}))"
        " ORDER BY a.product_id IS NOT NULL, a.deal_id = ?1 DESC, a.created_at DESC, a.id LIMIT ?3",
        [proposal.deal_id, proposal.customer_id, _FILES, proposal.id],
    )


def versions(store: Store, series_id: str) -> list[Proposal]:
    """All versions of a proposal, the first one first."""
    sql = "SELECT * FROM proposal WHERE series_id = ? AND trashed_at IS NULL ORDER BY version, id"
    return store.records(Proposal, sql, [series_id])


def accepted(store: Store, series_id: str) -> list[Proposal]:
    """The versions of a proposal that were accepted, those in the trash too."""
    sql = "SELECT * FROM proposal WHERE series_id = ? AND state IN ('accepted', 'ordered')"
    return store.records(Proposal, sql, [series_id])


def proposals(
    store: Store, *, customer_id: str | None = None, deal_id: str | None = None
) -> list[ProposalRow]:
    """Proposals, the newest first: all, a customer's or a deal's."""
    owner = {"customer_id": customer_id, "deal_id": deal_id}
    wanted = {name: value for name, value in owner.items() if value is not None}
    conditions = "".join(f" AND p.{name} = ?" for name in wanted)
    found = store.rows(
        "SELECT p.id, coalesce(c.name, ''), coalesce(d.title, ''), p.rowid FROM proposal p"
        " LEFT JOIN customer c ON c.id = p.customer_id LEFT JOIN deal d ON d.id = p.deal_id"
        f" WHERE p.trashed_at IS NULL{conditions} ORDER BY p.created_at DESC, p.id DESC",
        list(wanted.values()),
    )
    sql = "SELECT p.* FROM proposal p WHERE p.trashed_at IS NULL" + conditions
    records = {one.id: one for one in store.records(Proposal, sql, list(wanted.values()))}
    return [
        ProposalRow(records[row_id], customer, deal, number)
        for row_id, customer, deal, number in found
    ]


def totals_of(store: Store, wanted: Sequence[Proposal]) -> dict[str, int]:
    """Id -> what a proposal comes to, in minor units; one whose discounts exceed it is left out."""
    its: dict[str, list[ProposalLine]] = defaultdict(list)
    among = "proposal_id IN (SELECT value FROM json_each(?))"
    for line in store.records(
        ProposalLine,
        f"SELECT * FROM proposal_line WHERE {among} AND trashed_at IS NULL {_ORDER}",
        [json.dumps([one.id for one in wanted])],
    ):
        its[line.proposal_id].append(line)
    found = {}
    for one in wanted:
        try:
            found[one.id] = totals(one, its[one.id], minor_digits(one.currency)).total
        except UserError:  # told where it is written
            continue
    return found


def list_prices(store: Store, product_ids: Iterable[str], currency: str) -> dict[str, Price]:
    """Product -> what a unit costs today by the usual list in a currency, for those it has.

    A price that names no currency is in the usual one.
    """
    found: dict[str, list[Price]] = defaultdict(list)
    for price in store.records(
        Price,
        "SELECT * FROM price WHERE product_id IN (SELECT value FROM json_each(?))"
        " AND trashed_at IS NULL AND coalesce(nullif(currency, ''), ?) = ?",
        [json.dumps(list(product_ids)), base_currency(store), currency],
    ):
        found[price.product_id].append(price)
    day = store.clock.today().isoformat()
    told = {product_id: valid_price(prices, day) for product_id, prices in found.items()}
    return {product_id: price for product_id, price in told.items() if price is not None}


def against_credit(
    store: Store, customer_id: str, currency: str, today: date, besides: str = ""
) -> tuple[int, int]:
    """What may yet be owed, in minor units: (accepted and not invoiced, waiting for a decision).

    Of a series the latest version that waits is counted; none of the series `besides`.
    """
    waiting: dict[str, Proposal] = {}
    accepted: list[Proposal] = []
    for one in store.records(
        Proposal,
        "SELECT * FROM proposal WHERE customer_id = ? AND currency = ? AND trashed_at IS NULL"
        " AND state IN ('final', 'sent', 'accepted', 'ordered') ORDER BY version, id",
        [customer_id, currency],
    ):
        if one.state in ("accepted", "ordered"):
            accepted.append(one)
        elif one.series_id != besides and not is_expired(one, today.isoformat()):
            waiting[one.series_id] = one
    sums = totals_of(store, [*waiting.values(), *accepted])
    invoiced = dict(
        store.rows(
            "SELECT proposal_id, sum(amount) FROM receivable WHERE customer_id = ?"
            " AND proposal_id IS NOT NULL AND kind <> 'credit_note' AND trashed_at IS NULL"
            " GROUP BY proposal_id",
            [customer_id],
        )
    )
    ordered = sum(max(0, sums.get(one.id, 0) - int(invoiced.get(one.id) or 0)) for one in accepted)
    return ordered, sum(sums.get(one.id, 0) for one in waiting.values())


def text_blocks(store: Store) -> list[TextBlock]:
    """Texts kept to be used again, by what they are for and name."""
    sql = "SELECT * FROM text_block WHERE trashed_at IS NULL ORDER BY kind, sort_key(title), id"
    return store.records(TextBlock, sql, [])


def last_number(store: Store, prefix: str) -> int:
    """The highest number given so far after a prefix, those in the trash too; 0 of none."""
    found = store.value(
        "SELECT max(CAST(substr(number, ?) AS INTEGER)) FROM proposal WHERE number GLOB ?",
        [len(prefix) + 1, f"{prefix}[0-9]*"],
    )
    return int(found or 0)


def with_number(store: Store, number: str) -> list[str]:
    """Ids of the proposals that bear a number, those in the trash too."""
    return [
        row_id for (row_id,) in store.rows("SELECT id FROM proposal WHERE number = ?", [number])
    ]
