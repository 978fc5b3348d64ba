"""Exit evidence (M25): what proves each stage, and by which records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldsales.domain.contact import BuyingRole
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.need import Need
from fieldsales.domain.pipeline import Stage
from fieldsales.domain.stage_evidence import (
    EVIDENCE,
    EvidenceFacts,
    checklist,
    evidence,
    missing,
    order_of,
)
from fieldsales.domain.visit import Visit, VisitItem


def facts(deal: Deal | None = None, customer: Customer | None = None, **more) -> EvidenceFacts:
    return EvidenceFacts(deal or Deal(id="d"), customer or Customer(id="c"), **more)


GUIDE = BuyingRole(id="g", contact_id="zhao", role="guide")
FULL = facts(
    Deal(id="d", seller="周明远", order_amount=1, paid_on="2026-11-01"),
    Customer(id="c", importance="vip"),
    roles=(
        GUIDE,
        BuyingRole(id="u", contact_id="li", role="user", attitude=1),
        BuyingRole(id="m", contact_id="wang", role="decision_maker", attitude=2),
    ),
    profiled=("zhao",),
    needs=(Need(id="n", statement="explicit", answered=1), Need(id="i", statement="implied")),
    visits=(Visit(id="v", their_advance="demo"),),
    items=(VisitItem(id="o", kind="observation"), VisitItem(id="p", kind="material", done=1)),
)
PROOFS = {
    "qualified": {("customer", "c")},
    "roles": {("buying_role", "u"), ("buying_role", "m")},
    "profile": {("contact", "zhao"), ("visit_item", "o")},
    "guide": {("buying_role", "g")},
    "explicit_need": {("need", "n")},
    "shown": {("visit_item", "p"), ("visit", "v")},
    "answered": {("need", "n")},
    "one_plus_two_plus_one": {
        ("buying_role", "g"),
        ("buying_role", "u"),
        ("buying_role", "m"),
        ("deal", "d"),
    },
    "order": {("deal", "d")},
    "paid": {("deal", "d")},
}


def test_every_kind_of_evidence_is_told_here():
    assert set(PROOFS) == set(EVIDENCE)


@pytest.mark.parametrize("code", EVIDENCE)
def test_nothing_proves_nothing_and_records_prove_it(code):
    lacking = evidence(code, facts())
    assert not lacking.holds
    assert lacking.by == ()
    proven = evidence(code, FULL)
    assert proven.holds
    assert set(proven.by) == PROOFS[code]
    assert proven.found == proven.needed


@pytest.mark.parametrize(
    ("code", "given", "found"),
    [
        ("roles", {"roles": (BuyingRole(id="u", role="user"),)}, 1),
        ("roles", {"roles": (BuyingRole(id="u", role="user"), BuyingRole(id="w", role="user"))}, 1),
        ("roles", {"roles": (BuyingRole(id="u", role="user"), GUIDE)}, 1),
        ("guide", {"roles": (BuyingRole(id="i", role="insider", attitude=2),)}, 0),
        ("explicit_need", {"needs": (Need(statement="implied"),)}, 0),
        ("answered", {"needs": (Need(statement="implied", answered=1),)}, 0),
        ("shown", {"visits": (Visit(their_advance="budget"),)}, 0),
        ("order", {"visits": (Visit(deal_id="d", ordered=1),)}, 0),  # without an amount
        ("order", {"visits": (Visit(ordered=1, amount=5),)}, 0),  # of no deal
        ("order", {"deal": Deal(order_amount=0)}, 0),
    ],
)
def test_what_is_not_enough(code, given, found):
    lacking = evidence(code, facts(**given))
    assert not lacking.holds
    assert lacking.found == found


def test_each_explicit_need_wants_its_answer():
    half = facts(
        needs=(Need(id="1", statement="explicit", answered=1), Need(id="2", statement="explicit"))
    )
    piece = evidence("answered", half)
    assert (piece.found, piece.needed, piece.holds) == (1, 2, False)
    assert evidence("answered", replace(half, met=frozenset("2"))).holds  # by a worksheet


def test_an_order_of_a_visit_counts_and_the_last_one_is_proposed():
    ordered = facts(
        Deal(id="d", currency="CNY"),
        visits=(
            Visit(id="1", deal_id="d", ordered=1, amount=5, starts_at="2026-11-01T00:00:00Z"),
            Visit(id="2", deal_id="d", ordered=1, amount=7, starts_at="2026-11-02T00:00:00Z"),
            Visit(id="3", ordered=1, amount=9, starts_at="2026-11-03T00:00:00Z"),
        ),
    )
    assert set(evidence("order", ordered).by) == {("visit", "1"), ("visit", "2")}
    assert order_of(ordered) == (7, "CNY", "")
    assert order_of(facts()) is None


def test_gates_are_told_once_and_unknown_codes_let_pass():
    gates = (Stage(id="a", gate="guide paid of_a_newer_version"), Stage(id="b", gate="guide order"))
    assert [piece.code for piece in checklist(gates[0], FULL)] == ["guide", "paid"]
    assert [(stage.id, piece.code) for stage, piece in missing(gates, facts())] == [
        ("a", "guide"),
        ("a", "paid"),
        ("b", "order"),
    ]
    assert missing(gates, FULL) == ()


def test_paid_is_what_the_receivables_say_where_there_are_any() -> None:
    deal, customer = Deal(id="d", paid_on="2026-11-01"), Customer(id="c")
    assert evidence("paid", EvidenceFacts(deal, customer)).holds
    owing = EvidenceFacts(deal, customer, receivables=(("one", 0), ("two", 50)))
    piece = evidence("paid", owing)
    assert (piece.found, piece.needed, piece.by) == (1, 2, (("receivable", "one"),))
    assert owing.owing == ["two"]
    settled = EvidenceFacts(Deal(id="d"), customer, receivables=(("one", 0), ("two", -5)))
    assert evidence("paid", settled).holds


def test_a_class_held_by_hand_or_a_rating_shows_that_somebody_judged() -> None:
    assert not evidence("qualified", facts(customer=Customer(id="c"))).holds
    for source in (("class_pin", "p"), ("rating", "r")):
        found = evidence("qualified", facts(customer=Customer(id="c"), judged=(source,)))
        assert (found.holds, tuple(found.by)) == (True, (source,))
