"""What a paper says, before it is laid out: prose, points, tables, photos, figures, spreads.

Text is plain and printed as it stands. A method's page gives such blocks; `reports` lays them out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from fieldsales.domain.keeping import Content
from fieldsales.drawing.shapes import Picture

Style = Literal["body", "strong", "quiet", "small", "heading", "lead", "result", "late", "overdue"]
Align = Literal["start", "end", "decimal"]
Mark = Literal["dash", "box", "ticked"]


@dataclass(frozen=True, slots=True)
class Said:
    """Text in one style; a line end begins a new paragraph."""

    text: str
    style: Style = "body"


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text, one part below the other."""

    parts: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """An item of a list: what it says, what belongs below it, and a word at the right edge."""

    said: Said
    below: tuple[Said, ...] = ()
    aside: str = ""
    mark: Mark = "dash"


@dataclass(frozen=True, slots=True)
class Points:
    """A list under an optional small heading."""

    items: tuple[Point, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` is its part of the width relative to the others.

    Numbers of a `decimal` one stand with their points below one another. An `exact` one has its
    share in points, whatever the others have.
    """

    title: str
    share: float
    align: Align = "start"
    exact: bool = False


Cell = tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column titles, which are repeated on every page the table reaches.

    Without any title it has no head. A row numbered in `kept` stays with the next one, the last
    with what follows the table. The lines between rows begin at the column `ruled_from`;
    from beyond the last there are none.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kept: frozenset[int] = frozenset()
    ruled_from: int = 0


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture file, printed upright with its caption."""

    content: Content
    caption: str


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos, two in a row."""

    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn picture below the one line that says what it shows."""

    finding: str
    picture: Picture


Block = Prose | Points | Table | Photos | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under one title, or below a rule alone without one.

    `fresh` begins a page; the end of one that `stays` is on the page of what follows.
    """

    title: str
    blocks: tuple[Block, ...]
    fresh: bool = False
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Sections in two columns of like height, for a working sheet; together on one page."""

    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A picture across the page, below the one line that says what it shows.

    `draw` makes it for a width and a height: one picture, or a page each of what does not fit.
    """

    finding: str
    draw: Callable[[float, float], Sequence[Picture]]


@dataclass(frozen=True, slots=True)
class Card:
    """A card to be cut out: what it says in large type, and a word below it."""

    text: str
    below: str = ""


def prose(text: str, style: Style = "body") -> Prose:
    """One text as a block."""
    return Prose((Said(text, style),))


def cell(text: str, style: Style = "body", below: str = "") -> Cell:
    """A cell of one text, with a small line below it if there is something to say."""
    said = (Said(text, style),) if text else ()
    return (*said, Said(below, "small")) if below else said
