"""1+2+1 (M17): what fills it, what only seems to, and who could fill a gap."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.buying_group import COMPLETE, one_plus_two_plus_one, roles_in
from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES, BuyingRole, Contact
from fieldsales.domain.deal import Deal, DealMember

DEAL = Deal(id="d", seller="周明远")


def role(contact: str, code: str, attitude: int | None = None, **more: object) -> BuyingRole:
    values = {"id": f"{contact}-{code}", "contact_id": contact, "role": code, "attitude": attitude}
    return BuyingRole(**{**values, **more})


def test_the_sheet_of_a_finished_deal():
    sheet = one_plus_two_plus_one(
        DEAL,
        [
            role("wang", "decision_maker", 2, confirmed=1),
            role("li", "user", 1),
            role("zhao", "guide", 2, confirmed=1),
        ],
    )
    assert (sheet.score, sheet.confirmed, sheet.complete, sheet.missing) == (4, 3, True, ())
    assert sheet.guide
    assert sheet.guide.contact_id == "zhao"
    assert [one.role for one in sheet.roles] == ["user", "decision_maker"]


def test_an_insider_is_no_guide():
    sheet = one_plus_two_plus_one(DEAL, [role("zhao", "insider", 2)])
    assert sheet.guide is None
    assert sheet.missing == ("guide", "roles")


def test_attitude_decides_and_one_of_the_two_is_not_enough():
    sheet = one_plus_two_plus_one(
        DEAL,
        [role("a", "user", 0), role("b", "purchaser", 1), role("c", "gatekeeper", -2)],
    )
    assert [one.contact_id for one in sheet.roles] == ["b"]
    assert (sheet.score, sheet.missing) == (2, ("guide", "roles"))


def test_a_role_counts_once_and_somebody_with_two_roles_for_both():
    twice = one_plus_two_plus_one(DEAL, [role("a", "user", 1), role("b", "user", 2)])
    assert len(twice.roles) == 1
    both = one_plus_two_plus_one(DEAL, [role("a", "user", 1), role("a", "purchaser", 1)])
    assert len(both.roles) == 2


def test_what_was_said_in_the_deal_stands_in_place_of_the_customers():
    general, here = role("a", "user", 2), role("a", "user", -1, id="here", deal_id="d")
    elsewhere = role("b", "user", 2, deal_id="other")
    assert roles_in("d", [general, here, elsewhere]) == [here]
    assert one_plus_two_plus_one(DEAL, [general, here, elsewhere]).roles == ()


def test_a_seller_may_be_a_member_of_the_team():
    nobody = replace(DEAL, seller="")
    assert one_plus_two_plus_one(nobody, []).missing == ("guide", "roles", "seller")
    team = [DealMember(name="李工", role="technical"), DealMember(name="周明远", role="seller")]
    assert one_plus_two_plus_one(nobody, [], (), team).seller == "周明远"


def test_who_could_fill_a_gap_comes_in_the_order_of_chance():
    people = [Contact(id=name) for name in ("stranger", "foe", "friend", "leak", "calm")]
    roles = [
        role("foe", "gatekeeper", -2, influence=5),
        role("friend", "user", 1),
        role("leak", "insider", 0),
        role("calm", "purchaser", 0, influence=4),
    ]
    sheet = one_plus_two_plus_one(DEAL, roles, people)
    guides = [one.contact_id for one in sheet.candidates if one.part == "guide"]
    assert guides == ["friend", "leak", "calm", "stranger", "foe"]
    others = [one for one in sheet.candidates if one.part == "roles"]
    assert [one.contact_id for one in others] == ["calm", "leak", "stranger", "foe"]
    assert [one.why for one in others] == ["undecided", "undecided", "unknown", "against"]


ROLES = st.builds(
    BuyingRole,
    id=st.uuids().map(str),
    contact_id=st.sampled_from("abc"),
    role=st.sampled_from((*BUYING_ROLES, *SIDE_ROLES, "")),
    attitude=st.one_of(st.none(), st.integers(-2, 2)),
    influence=st.one_of(st.none(), st.integers(1, 5)),
    confirmed=st.integers(0, 1),
    deal_id=st.sampled_from((None, "d", "other")),
)


@given(st.lists(ROLES, max_size=12), st.sampled_from(("", "周明远")))
def test_the_score_and_its_gaps_agree(roles, seller):
    deal = replace(DEAL, seller=seller)
    sheet = one_plus_two_plus_one(deal, roles, [Contact(id=name) for name in "abc"])
    assert 0 <= sheet.confirmed <= sheet.score <= COMPLETE
    assert sheet.complete == (not sheet.missing) == (sheet.score == COMPLETE)
    assert all((one.attitude or 0) >= 1 for one in sheet.roles)
    assert len({one.role for one in sheet.roles}) == len(sheet.roles)
    assert {one.part for one in sheet.candidates} <= set(sheet.missing)
    again = one_plus_two_plus_one(deal, list(reversed(roles)), [Contact(id=n) for n in "cba"])
    assert again == sheet
