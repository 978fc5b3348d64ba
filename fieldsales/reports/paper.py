"""The sheet: its size, margins, grid, type scale, letterhead and footer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.shapes import Image, Line, Shape, Text
from fieldsales.drawing.text import printable, width, wrap
from fieldsales.reports.photos import logo

Lines = Callable[[str, str, float], list[str]]  # wraps a text of a style into a room

MM = 72 / 25.4
COLUMNS = 12
GUTTER = 4 * MM


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet in points, with its margins; `left` is wider where papers are filed."""

    width: float
    height: float
    left: float = 20 * MM
    right: float = 20 * MM
    top: float = 20 * MM
    bottom: float = 24 * MM  # to the last line; the footer stands below

    @property
    def measure(self) -> float:
        """Width between the margins."""
        return self.width - self.left - self.right

    def span(self, columns: int) -> float:
        """Width of so many of the twelve columns with the gutters between them."""
        column = (self.measure - (COLUMNS - 1) * GUTTER) / COLUMNS
        return columns * column + (columns - 1) * GUTTER


A4 = Paper(210 * MM, 297 * MM)
LETTER = Paper(8.5 * 72, 11 * 72)
SHEETS = {"a4": A4, "letter": LETTER}


def filed(paper: Paper) -> Paper:
    """The sheet with room at the left for holes."""
    return replace(paper, left=25 * MM)


def turned(paper: Paper) -> Paper:
    """The sheet on its side."""
    return replace(paper, width=paper.height, height=paper.width)


A4_FILED = filed(A4)


@dataclass(frozen=True, slots=True)
class Type:
    """Size and leading of a line in points, its weight and the role of its colour."""

    size: float
    leading: float
    bold: bool = False
    colour: str = "ink"

    @property
    def baseline(self) -> float:
        """From the top of the line to its baseline, the characters standing amidst the leading."""
        return self.leading / 2 + 0.38 * self.size


SMALL, BODY, LEAD, TITLE = 7.5, 9.5, 12.0, 19.0  # the four sizes

TYPES = {
    "body": Type(BODY, 15),
    "strong": Type(BODY, 15, bold=True),
    "quiet": Type(BODY, 15, colour="ink-2"),
    "late": Type(BODY, 15, bold=True, colour="bad"),
    "overdue": Type(SMALL, 11, bold=True, colour="bad"),
    "small": Type(SMALL, 11, colour="ink-2"),
    "lead": Type(LEAD, 18, bold=True),
    "result": Type(LEAD, 18, bold=True, colour="accent"),
    "kicker": Type(BODY, 15, bold=True, colour="accent"),
    "title": Type(TITLE, 26, bold=True),
    "heading": Type(SMALL, 15, colour="ink-3"),
    "continued": Type(BODY, 15, colour="ink-3"),
}


@dataclass(frozen=True, slots=True)
class Spacing:
    """White space in points: above and below a section's rule, between blocks, around rows."""

    types: Mapping[str, Type]
    above_rule: float
    below_rule: float
    between: float
    row: float
    point: float


AIRY = Spacing(TYPES, above_rule=13, below_rule=9, between=9, row=4, point=1.5)
DENSE = Spacing(
    {name: replace(kind, leading=round(kind.leading * 0.88, 1)) for name, kind in TYPES.items()},
    above_rule=9,
    below_rule=6.5,
    between=3,
    row=3,
    point=1.2,
)


def letterhead(sender: Letterhead, paper: Paper, lines: Lines) -> tuple[list[Shape], float]:
    """The sender's shapes on the first page, and where the text may begin below them."""
    if not (sender.logo or sender.company or sender.address or sender.phone):
        return [], paper.top
    top = 14 * MM
    shapes: list[Shape] = []
    x = paper.left
    if sender.logo:
        data, wide, high = logo(sender.logo)
        scale = min(45 * MM / wide, 13 * MM / high)
        shapes.append(Image(x, top, wide * scale, high * scale, data))
        x += wide * scale + GUTTER
    company, small = TYPES["lead"], TYPES["small"]
    middle = paper.left + paper.span(7)
    for index, name in enumerate(lines(sender.company, "lead", middle - x)[:2]):
        y = top + company.baseline + index * company.leading
        shapes.append(Text(x, y, name, company.size, company.colour, bold=True))
    right = paper.width - paper.right
    contact = "\n".join(part for part in (sender.address, sender.phone) if part)
    for index, line in enumerate(lines(contact, "small", paper.span(5) - GUTTER)[:4]):
        y = top + company.baseline + index * small.leading
        shapes.append(Text(right, y, line, small.size, small.colour, anchor="end"))
    bottom = top + 16 * MM
    shapes.append(Line(paper.left, bottom, right, bottom, "ink", 0.75))
    return shapes, bottom + 8 * MM


def footer(paper: Paper, document: str, version: str, page: int, pages: int) -> list[Shape]:
    """Document, version and page x/y at the foot of a page."""
    small = TYPES["small"]
    y = paper.height - 12 * MM
    right = paper.width - paper.right
    middle = paper.left + paper.span(9)
    room = middle - width(version, small.size) - GUTTER - paper.left
    name = wrap(printable(document), room, small.size)
    shown = name[0] if len(name) == 1 else f"{name[0][:-1]}…"
    return [
        Line(paper.left, y - 12, right, y - 12, "hairline"),
        Text(paper.left, y, shown, small.size, "ink-3"),
        Text(middle, y, version, small.size, "ink-3", anchor="end"),
        Text(right, y, f"{page}/{pages}", small.size, "ink-3", anchor="end"),
    ]
