"""The organisation chart: roots, levels, vacant posts, circles of old files (M15)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.contact import Contact
from fieldsales.domain.organisation import Post, makes_circle, tree, walk


def person(row_id: str, above: str | None = None, level: str = "", vacant: int = 0) -> Contact:
    return Contact(id=row_id, name=row_id, reports_to_id=above, level=level, vacant=vacant)


def drawn(roots: tuple[Post, ...]) -> list[tuple[str, int]]:
    return [(post.contact.id, post.depth) for post in walk(roots)]


def test_a_tree_over_a_vacant_post() -> None:
    people = [
        person("场长", "副总"),
        person("副总", "总经理", level="middle", vacant=1),
        person("采购", "总经理", level="base"),
        person("总经理", level="top"),
        person("顾问"),
    ]
    roots = tree(people)
    assert drawn(roots) == [("总经理", 0), ("副总", 1), ("场长", 2), ("采购", 1), ("顾问", 0)]
    assert [post.size for post in roots] == [4, 1]
    assert roots[0].below[0].contact.vacant


def test_who_reports_elsewhere_is_a_root() -> None:
    """The superior is with another customer, in the trash, or gone."""
    assert drawn(tree([person("乙", "别家的"), person("甲", "乙")])) == [("乙", 0), ("甲", 1)]
    assert tree([]) == ()


def test_a_circle_of_an_old_file_is_opened() -> None:
    people = [person("甲", "乙"), person("乙", "丙"), person("丙", "甲"), person("丁", "丁")]
    found = drawn(tree(people))
    assert sorted(row_id for row_id, _ in found) == sorted("甲乙丙丁")
    assert len([depth for _, depth in found if depth == 0]) == 2


def test_five_hundred_in_one_line() -> None:
    people = [person(f"{n:03}", f"{n - 1:03}" if n else None) for n in range(500)]
    assert drawn(tree(people))[-1] == ("499", 499)


def test_circles_are_seen_before_they_are_made() -> None:
    above: dict[str, str | None] = {"丙": "乙", "乙": "甲", "甲": None, "x": "y", "y": "x"}
    assert makes_circle("甲", "丙", above)
    assert makes_circle("甲", "甲", above)
    assert not makes_circle("丙", "甲", above)
    assert not makes_circle("甲", None, above)
    assert not makes_circle("甲", "x", above)  # a circle there is already, but not of 甲


ids = st.integers(0, 12)


@given(st.dictionaries(ids, st.none() | ids))
def test_nobody_is_lost_and_no_link_goes_up(links: dict[int, int | None]) -> None:
    people = [
        person(str(one), None if above is None else str(above)) for one, above in links.items()
    ]
    roots = tree(people)
    assert sorted(post.contact.id for post in walk(roots)) == sorted(one.id for one in people)
    assert sum(post.size for post in roots) == len(people)
    for post in walk(roots):
        for one in post.below:
            assert one.contact.reports_to_id == post.contact.id
            assert one.depth == post.depth + 1


@given(st.dictionaries(ids, ids), ids, ids)
def test_a_move_that_makes_no_circle_makes_none(links: dict[int, int], moved: int, to: int) -> None:
    above: dict[str, str | None] = {str(a): str(b) for a, b in links.items()}
    before = {row_id for row_id in above if _in_circle(row_id, above)}
    if not makes_circle(str(moved), str(to), above):
        above[str(moved)] = str(to)
        assert {row_id for row_id in above if _in_circle(row_id, above)} <= before


def _in_circle(row_id: str, above: dict[str, str | None]) -> bool:
    at, steps = above.get(row_id), 0
    while at is not None and steps < 50:
        if at == row_id:
            return True
        at, steps = above.get(at), steps + 1
    return False
