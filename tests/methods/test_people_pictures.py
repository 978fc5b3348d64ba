"""What holds for every picture of people: never empty, inside its frame, in three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fieldsales.domain.contact import Contact
from fieldsales.domain.organisation import tree
from fieldsales.domain.purchase_factors import Factor
from fieldsales.domain.relationship import Standing
from fieldsales.drawing.shapes import Picture, Text, key_at
from fieldsales.methods.buying_group import picture as buying_group
from fieldsales.methods.negotiation import picture as negotiation
from fieldsales.methods.organisation_chart import picture as organisation_chart
from fieldsales.methods.purchase_factors import picture as purchase_factors
from fieldsales.methods.relationship import picture as relationship
from fieldsales.methods.whole_brain import compared, profiles
from fieldsales.methods.whole_brain import picture as whole_brain
from fieldsales.words import LANGUAGES, Words
from tests.methods.drawn import covered, outside, painted, printed, texts

NAMES = ("王建国", "李敏", "Alexander Hamilton", "欧阳海波", "赵", "很长的名字" * 40)
WIDTH = 480.0  # of a printed page
SIZE = 7.5


def _profiles(n: int) -> list[profiles.Profile]:
    scores = (
        (10, 7, 3, 4),
        (4, 5, 10, 5),
        (5, 3, 4, 12),
        (9, 9, 3, 3),
        (6, 6, 6, 6),
        (0, 0, 24, 0),
    )
    return [
        profiles.Profile(NAMES[at], scores[at], observed=at % 2 == 1, confidence=0.5, key=f"k{at}")
        for at in range(n)
    ]


def _kite(n: int, words: Words) -> tuple[str, Picture]:
    found = _profiles(n)
    return profiles.finding(found, words), whole_brain.kite(
        found, words, WIDTH, size=SIZE, earlier=_profiles(2) if n == 1 else ()
    )


def _compared(n: int, words: Words) -> tuple[str, Picture]:
    one, other = [*_profiles(n)[:2], profiles.Profile("甲"), profiles.Profile("乙")][:2]
    found = compared.compared_finding(one, other, words)
    return found, compared.compared(one, other, words, WIDTH, size=SIZE)


def _group(n: int, words: Words) -> tuple[str, Picture]:
    roles = ("decision_maker", "user", "gatekeeper", "guide", "purchaser")
    members = [
        buying_group.Member(
            f"k{at}",
            NAMES[at],
            roles[at : at + 1],
            influence=at or None,
            attitude=at - 2 if at else None,
            confirmed=at % 2 == 0,
            quadrant="abcd"[at % 4],
            met="128 天前",
            faded=at % 3 == 0,
        )
        for at in range(n)
    ]
    found = buying_group.finding(members, words)
    return found, buying_group.group_map(members, words, WIDTH, size=SIZE)


def _matrix(n: int, words: Words) -> tuple[str, Picture]:
    dots = [
        relationship.Dot(
            f"k{at}", NAMES[at], Standing(1.0 + at % 5, 5.0 - at % 4), at % 2 == 0, at % 3 / 2
        )
        for at in range(n)
    ]
    found = relationship.finding(dots, words)
    return found, relationship.matrix(dots, words, WIDTH, size=SIZE)


def _factors(n: int, words: Words) -> tuple[str, Picture]:
    codes = ("value", "need", "price", "trust", "experience")
    factors = [Factor(code, 1 + at, 5 - at, NAMES[at]) for at, code in enumerate(codes[:n])]
    found = purchase_factors.finding(factors, words)
    return found, purchase_factors.radar(factors, words, WIDTH, size=SIZE)


def _partners(n: int, words: Words) -> tuple[str, Picture]:
    partners = [
        negotiation.Judged(f"k{at}", NAMES[at], (2, -1, 0, 1, -2, 2)[at], (1, -2, 0, -1, 2, 1)[at])
        for at in range(n)
    ]
    found = negotiation.finding(partners, words)
    return found, negotiation.plane(partners, words, WIDTH, size=SIZE)


def _chart(n: int, words: Words) -> tuple[str, Picture]:
    contacts = [
        Contact(
            id=f"k{at}",
            created_at="2026-01-01T00:00:00Z",
            name=NAMES[at],
            title="技术经理",
            level=("top", "middle", "base", "")[at % 4],
            reports_to_id=f"k{(at - 1) // 2}" if at else None,
            vacant=int(at == 2),
        )
        for at in range(n)
    ]
    badges = {
        one.id: organisation_chart.Badge(("user", "guide"), at % 5 - 2, "abcd"[at % 4])
        for at, one in enumerate(contacts)
        if not one.vacant
    }
    roots = tree(contacts)
    return (
        organisation_chart.finding(roots, words, badges),
        organisation_chart.chart(roots, words, badges, size=SIZE),
    )


DRAWN: dict[str, Callable[[int, Words], tuple[str, Picture]]] = {
    "kite": _kite,
    "compared": _compared,
    "group": _group,
    "matrix": _matrix,
    "factors": _factors,
    "partners": _partners,
    "chart": _chart,
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 2, 6])
@pytest.mark.parametrize("name", DRAWN)
def test_every_picture_says_something_and_keeps_to_its_frame(
    name: str, count: int, lang: str
) -> None:
    finding, picture = DRAWN[name](count, Words(lang))
    assert finding
    assert "{" not in finding
    assert picture.alt.startswith(finding)
    assert texts(picture)
    assert not outside(picture)
    assert not covered(picture)
    assert "" not in {shape.key for shape in picture.shapes}


@pytest.mark.parametrize("name", DRAWN)
def test_every_picture_fits_on_a_page(name: str) -> None:
    _, picture = DRAWN[name](5, Words("en"))
    assert picture.width <= 1.2 * WIDTH if name == "chart" else picture.width <= WIDTH


@pytest.mark.parametrize("count", [0, 1, 6])
@pytest.mark.parametrize("name", DRAWN)
def test_both_painters_take_every_picture(qapp, name: str, count: int) -> None:
    _, picture = DRAWN[name](count, Words("zh_CN"))
    image = painted(picture)
    assert image.colorCount() == 0  # true colours
    dark = sum(
        image.pixelColor(x, y).lightness() < 200
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )
    assert dark > 20
    assert printed(picture).startswith(b"%PDF")


@pytest.mark.parametrize("name", [name for name in DRAWN if name not in ("compared", "factors")])
def test_everybody_can_be_pressed(name: str) -> None:
    _, picture = DRAWN[name](5, Words("zh_CN"))
    wanted = {f"k{at}" for at in range(5)}
    met = {
        key_at(picture, x + 0.5, y + 0.5)
        for x in range(0, round(picture.width), 2)
        for y in range(0, round(picture.height), 2)
    }
    assert wanted <= met


@pytest.mark.parametrize("name", [name for name in DRAWN if name != "chart"])
def test_the_size_of_text_is_the_asked_one(name: str) -> None:
    words = Words("zh_CN")
    _, picture = DRAWN[name](3, words)
    sizes = [shape.size for shape in picture.shapes if isinstance(shape, Text)]
    assert min(sizes) >= 0.65 * SIZE
