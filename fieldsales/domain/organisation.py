"""The organisation chart (M15): who reports to whom, as a tree of people and vacant posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fieldsales.domain.contact import LEVELS, Contact


@dataclass(frozen=True, slots=True)
class Post:
    """A place in the tree: somebody, or a post that nobody holds, and those who report to it.

    `depth` 0 is the top of the tree; `size` counts the post and all below it.
    """

    contact: Contact
    depth: int
    below: tuple[Post, ...] = ()
    size: int = 1


def tree(contacts: Iterable[Contact]) -> tuple[Post, ...]:
    """The roots and all below them; the higher level first, else in the order given.

    Who reports to somebody that is not among `contacts`, or stands in a circle that an old file
    may hold, is a root: nobody is ever lost.
    """
    known = {contact.id: contact for contact in contacts}
    above = {one.id: _superior(one, known) for one in known.values()}
    for row_id in sorted(known):
        if row_id in _chain(row_id, above):
            above[row_id] = None  # the circle is opened at its first member
    below: dict[str | None, list[Contact]] = {}
    for contact in sorted(known.values(), key=_level):
        below.setdefault(above[contact.id], []).append(contact)
    order: list[tuple[Contact, int]] = []
    waiting = [(contact, 0) for contact in reversed(below.get(None, []))]
    while waiting:  # a chain of five hundred is no reason to fail
        contact, depth = waiting.pop()
        order.append((contact, depth))
        waiting += [(one, depth + 1) for one in reversed(below.get(contact.id, []))]
    made: dict[str, Post] = {}
    for contact, depth in reversed(order):
        own = tuple(made[one.id] for one in below.get(contact.id, []))
        made[contact.id] = Post(contact, depth, own, 1 + sum(post.size for post in own))
    return tuple(made[contact.id] for contact in below.get(None, []))


def walk(roots: Iterable[Post]) -> Iterator[Post]:
    """All posts, each before those below it."""
    waiting = list(roots)[::-1]
    while waiting:
        post = waiting.pop()
        yield post
        waiting += post.below[::-1]


def makes_circle(moved: str, new_superior: str | None, above: Mapping[str, str | None]) -> bool:
    """Whether `moved` would be its own superior; `above`: id -> id of who it reports to."""
    if new_superior is None:
        return False
    return new_superior == moved or moved in _chain(new_superior, above)


def _chain(row_id: str, above: Mapping[str, str | None]) -> set[str]:
    """All those above; in a circle that is the person, too."""
    found: set[str] = set()
    at = above.get(row_id)
    while at is not None and at not in found:
        found.add(at)
        at = above.get(at)
    return found


def _superior(contact: Contact, known: Mapping[str, Contact]) -> str | None:
    above = contact.reports_to_id
    return above if above in known else None


def _level(contact: Contact) -> int:
    return LEVELS.index(contact.level) if contact.level in LEVELS else len(LEVELS)
