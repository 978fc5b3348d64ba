"""How well the four buying roles are covered (M16)."""

from __future__ import annotations

import pytest

from fieldsales.domain.buying_climate import coverage, covered
from fieldsales.domain.contact import BUYING_ROLES, BuyingRole


def held(
    role: str,
    who: str,
    *,
    influence: int | None = None,
    attitude: int | None = None,
    confirmed: int = 1,
) -> BuyingRole:
    return BuyingRole(
        id=f"{role} {who}",
        contact_id=who,
        role=role,
        influence=influence,
        attitude=attitude,
        confirmed=confirmed,
    )


def test_a_role_that_nobody_is_known_to_hold() -> None:
    found = coverage([held("guide", "向导"), held("insider", "内线")], {})
    assert [one.role for one in found] == list(BUYING_ROLES)
    assert [one.state for one in found] == ["unknown"] * 4
    assert covered(found) == 0


@pytest.mark.parametrize(
    ("row", "met", "state"),
    [
        (held("user", "甲", attitude=2, confirmed=0), "2026-11-01", "assumed"),
        (held("user", "甲", attitude=2), None, "unmet"),
        (held("user", "甲", attitude=-1), "2026-11-01", "against"),
        (held("user", "甲", attitude=0), "2026-11-01", "undecided"),
        (held("user", "甲"), "2026-11-01", "undecided"),
        (held("user", "甲", attitude=1), "2026-11-01", "for_us"),
    ],
)
def test_how_well_a_role_is_covered(row: BuyingRole, met: str | None, state: str) -> None:
    [found] = [one for one in coverage([row], {"甲": met}) if one.role == "user"]
    assert (found.state, found.last_met) == (state, met)
    assert covered([found]) == (state != "assumed")


def test_the_most_influential_speaks_for_a_role() -> None:
    rows = [
        held("user", "甲", attitude=2),
        held("user", "乙", influence=5, attitude=-2),
        held("user", "丙", influence=3, attitude=1),
    ]
    met = {"甲": "2026-11-05", "丙": "2026-10-01", "乙": None}
    user = coverage(rows, met)[1]
    assert [row.contact_id for row in user.holders] == ["乙", "丙", "甲"]
    assert (user.state, user.last_met) == ("against", "2026-11-05")
