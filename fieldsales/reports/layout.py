"""Sets blocks on the grid: prose, points, tables, photos and figures become strips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType

from fieldsales.drawing.blocks import (
    Block,
    Cell,
    Column,
    Columns,
    Figure,
    Photo,
    Photos,
    Point,
    Points,
    Prose,
    Said,
    Section,
    Spread,
    Table,
)
from fieldsales.drawing.shapes import Box, Image, Line, Path, Picture, Shape, Text
from fieldsales.drawing.text import printable, wrap
from fieldsales.drawing.text import width as text_width
from fieldsales.reports.lacking import Lacking, lacking
from fieldsales.reports.paper import AIRY, GUTTER, MM, Paper, Spacing, Type
from fieldsales.reports.photos import photo
from fieldsales.reports.strips import Strip, height_of, hold, no_orphans, sliced

_TITLE_COLUMNS = 3  # a section's title stands beside its text
_PHOTO_HEIGHT = 75 * MM
_AROUND = 8.0  # points above and below a picture together
_NONE: Mapping[int, float] = MappingProxyType({})


@dataclass(slots=True)
class Setter:
    """Sets blocks for one paper; `unreadable` is what is printed in place of a broken photo.

    With `titles_above`, blocks have the whole width of the page. `tinted`: table heads are shaded.
    """

    paper: Paper
    unreadable: str
    spacing: Spacing = AIRY
    titles_above: bool = False
    tinted: bool = False
    where: str = ""
    lacking: list[Lacking] = field(default_factory=list)
    _left: float = field(init=False)  # where blocks begin, and their width
    _measure: float = field(init=False)

    def __post_init__(self) -> None:
        beside = 0.0 if self.titles_above else self.paper.span(_TITLE_COLUMNS) + GUTTER
        self._left = self.paper.left + beside
        self._measure = self.paper.width - self.paper.right - self._left

    def lines(self, text: str, style: str, room: float) -> list[str]:
        """A text of a style wrapped into a room."""
        kind = self.spacing.types[style]
        return self.wrapped(text, room, kind.size, bold=kind.bold)

    def wrapped(self, text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
        """A text in a size of its own, wrapped into a room."""
        shown = printable(text).strip("\n")
        self.check(shown)
        return wrap(shown, room, size, bold=bold)

    def check(self, shown: str) -> None:
        """Remembers a text with characters that cannot be printed."""
        found = lacking(self.where, shown)
        if found and found not in self.lacking:
            self.lacking.append(found)

    def heading(
        self, texts: Iterable[tuple[str, str, float, str]], *, beside: float = 0.0
    ) -> list[Strip]:
        """Full-width lines: (text, style, space before, what it is called); `beside` stays free."""
        strips = []
        for text, style, before, name in texts:
            self.where = name
            kind = self.spacing.types[style]
            for index, line in enumerate(self.lines(text, style, self.paper.measure - beside)):
                shape = _text(self.paper.left, kind.baseline, line, kind)
                space = 0.0 if index else before
                strips.append(Strip(kind.leading, (shape,), before=space, keep=True))
        return strips

    def section(self, section: Section) -> list[Strip]:
        """A rule, the title in the left columns and the blocks beside it."""
        self.where = section.title
        strips: list[Strip] = []
        for block in section.blocks:
            gap = self.spacing.between if strips else 0.0
            for index, strip in enumerate(self._block(block, first=not strips)):
                strips.append(strip if index else replace(strip, before=strip.before + gap))
        if not strips:
            return []
        if section.stays:
            strips[-1] = replace(strips[-1], keep=True)
        right = self.paper.width - self.paper.right
        line = Line(self.paper.left, 0.0, right, 0.0, "line")
        rule = Strip(9.0, (line,), before=13.0, keep=True, fresh=section.fresh)
        if self.titles_above:
            above = self._title(section.title) if section.title else []
            return [rule, *above, *strips]
        kind = self.spacing.types["strong"]
        title = self.lines(section.title, "strong", self.paper.span(_TITLE_COLUMNS))
        shapes = [
            _text(self.paper.left, kind.baseline + index * kind.leading, line, kind)
            for index, line in enumerate(title)
        ]
        quiet = self.spacing.types["continued"]
        again = tuple(replace(shape, bold=False, colour=quiet.colour) for shape in shapes)
        strips = [replace(strip, continued=again) for strip in strips]
        strips[0] = replace(strips[0], shapes=(*shapes, *strips[0].shapes), continued=())
        hold(strips, len(title) * kind.leading)
        return [rule, *strips]

    def _title(self, title: str) -> list[Strip]:
        """A title above its blocks, never at the foot of a page."""
        strips = self._row([(Said(title, "strong"),)], [self._measure])
        return [replace(strip, keep=True) for strip in strips]

    def spread(self, spread: Spread, room: float) -> list[Strip]:
        """The finding and the picture below it, or a page of each of its parts; `room`: the height
        free on the first page.
        """
        self.where = spread.finding
        told = self._title(spread.finding) if spread.finding else []
        told = [replace(strip, before=0 if at else 9.0) for at, strip in enumerate(told)]
        high = room - sum(strip.before + strip.height for strip in told) - _AROUND
        drawn = [self._picture(picture) for picture in spread.draw(self._measure, high)]
        if len(drawn) > 1:  # each fills its page
            drawn = [replace(strip, height=high + _AROUND) for strip in drawn]
        return [*told, *drawn]

    def columns(self, columns: Columns) -> list[Strip]:
        """Two columns, each title above its blocks, as one strip."""
        kept = self._left, self._measure
        self._left, self._measure = self.paper.left, self.paper.span(6)
        stacks = [self._stacked(section) for section in columns.sections]
        across = self._measure + GUTTER
        self._left, self._measure = kept
        cuts = [(stacks[:at], stacks[at:]) for at in range(1, len(stacks) + 1)]
        left, right = min(cuts, key=lambda cut: max(_stack_height(part) for part in cut))
        shapes: list[Shape] = []
        for dx, part in ((0.0, left), (across, right)):
            y = 0.0
            for strip in chain.from_iterable(part):
                y += strip.before if y else 0.0
                shapes += [shape.moved(dx, y) for shape in strip.shapes]
                y += strip.height
        height = max(_stack_height(left), _stack_height(right))
        return [Strip(height, tuple(shapes), before=self.spacing.above_rule + 6)]

    def _stacked(self, section: Section) -> list[Strip]:
        self.where = section.title
        right = self._left + self._measure
        rule = Line(self._left, 0.0, right, 0.0, "line")
        title = self._row([(Said(section.title, "strong"),)], [self._measure])
        blocks = [strip for block in section.blocks for strip in self._block(block, first=True)]
        rule_strip = Strip(self.spacing.below_rule, (rule,), before=self.spacing.above_rule)
        return [rule_strip, *title, *blocks]

    def _block(self, block: Block, *, first: bool) -> list[Strip]:
        if isinstance(block, Prose):
            return self._row([block.parts], [self._measure], whole=3, padding=0.0)
        if isinstance(block, Points):
            return self._points(block)
        if isinstance(block, Table):
            return self._table(block, ruled=not first)
        if isinstance(block, Photos):
            return self._photos(block)
        return self._figure(block)

    def _points(self, block: Points) -> list[Strip]:
        heading: list[Strip] = []
        if block.heading:
            heading = [
                replace(strip, keep=True)
                for strip in self._row([(Said(block.heading, "heading"),)], [self._measure])
            ]
        strips: list[Strip] = []
        mark_room = 14.0
        aside_room = self._measure * 0.28 if any(item.aside for item in block.items) else 0.0
        text_room = self._measure - mark_room - aside_room
        for item in block.items:
            aside: Cell = (Said(item.aside, "small"),) if item.aside else ()
            rows = self._row(
                [(), (item.said, *item.below), aside],
                [mark_room, text_room, aside_room],
                padding=self.spacing.point,
                align_end={2: 0.0},
            )
            rows[0] = replace(rows[0], shapes=(*self._mark(item), *rows[0].shapes))
            strips += rows
        return [*heading, *no_orphans(strips)]

    def _mark(self, item: Point) -> tuple[Shape, ...]:
        x, y = self._left, self.spacing.point + self.spacing.types[item.said.style].leading / 2
        if item.mark == "dash":
            return (Line(x, y, x + 6, y, "ink-3", 0.75),)
        box = Box(x, y - 4, 8, 8, stroke="ink-2", thickness=0.75)
        if item.mark == "box":
            return (box,)
        tick = Path(((x + 2, y), (x + 3.6, y + 2), (x + 6.4, y - 2)), stroke="ink", thickness=1.1)
        return (box, tick)

    def _table(self, block: Table, *, ruled: bool) -> list[Strip]:
        widths = self._widths(block.columns)
        ends = {
            index: self._tail(block, index) if column.align == "decimal" else 0.0
            for index, column in enumerate(block.columns)
            if column.align != "start"
        }
        header = self._head(block, widths, dict.fromkeys(ends, 0.0))
        if ruled and header:
            top = Line(self._left, 0.0, self._left + self._measure, 0.0, "line")
            header = (replace(header[0], shapes=(top, *header[0].shapes)), *header[1:])
        strips: list[Strip] = []
        for number, row in enumerate(block.rows):
            set_row = self._row(
                row,
                widths,
                gutter=GUTTER,
                align_end=ends,
                padding=self.spacing.row,
                rule="hairline",
                ruled_from=block.ruled_from,
                repeat=header,
            )
            if number in block.kept:
                set_row[-1] = replace(set_row[-1], keep=True)
            strips += set_row
        return [*header, *no_orphans(strips)]

    def _widths(self, columns: Sequence[Column]) -> list[float]:
        room = self._measure - GUTTER * (len(columns) - 1)
        room -= sum(column.share for column in columns if column.exact)
        shares = sum(column.share for column in columns if not column.exact)
        return [
            column.share if column.exact else room * column.share / shares for column in columns
        ]

    def _head(
        self, block: Table, widths: Sequence[float], ends: Mapping[int, float]
    ) -> tuple[Strip, ...]:
        """The column titles, tinted where the paper has it so; nothing where there are none."""
        if not any(column.title for column in block.columns):
            return ()
        titles: list[Cell] = [(Said(column.title, "heading"),) for column in block.columns]
        head = self._row(titles, widths, gutter=GUTTER, align_end=ends, rule="line")
        if self.tinted:
            inset = GUTTER / 2
            head = [
                replace(strip, shapes=(self._tint(strip.height, inset), *strip.shapes))
                for strip in head
            ]
        return tuple(replace(strip, keep=True) for strip in head)

    def _tint(self, height: float, inset: float) -> Box:
        return Box(self._left - inset, 0.0, self._measure + 2 * inset, height, fill="accent-soft")

    def _tail(self, block: Table, index: int) -> float:
        """Room for what stands behind the decimal points of a column."""
        said = [row[index][0] for row in block.rows if row[index]]
        return max((self._behind_point(one) for one in said), default=0.0)

    def _behind_point(self, said: Said) -> float:
        kind = self.spacing.types[said.style]
        _, point, behind = said.text.rpartition(".")
        return text_width(point + behind, kind.size, bold=kind.bold) if point else 0.0

    def _row(
        self,
        cells: Sequence[Cell],
        widths: Sequence[float],
        *,
        gutter: float = 0.0,
        align_end: Mapping[int, float] = _NONE,
        padding: float = 0.0,
        whole: int = 12,
        rule: str = "",
        ruled_from: int = 0,
        repeat: tuple[Strip, ...] = (),
    ) -> list[Strip]:
        """Cells side by side as one strip, or line by line where they hold more than `whole`.

        `align_end`: cells set to the right, each with the room kept behind its decimal point.
        """
        x = self._left
        shapes: list[Shape] = []
        tallest: list[float] = []  # tops of the lines of the cell that reaches lowest
        lowest = 0.0
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            y = padding
            tops: list[float] = []
            end = index in align_end
            tail = align_end.get(index, 0.0)
            for said in cell:
                kind = self.spacing.types[said.style]
                for line in self.lines(said.text, said.style, width):
                    tops.append(y)
                    at = x + width if end else x
                    if tail:
                        at += self._behind_point(said) - tail
                    # a small line stands on the baseline of the body line beside it
                    first = self.spacing.types["body"].baseline if y == padding else kind.baseline
                    baseline = max(kind.baseline, first)
                    shapes.append(_text(at, y + baseline, line, kind, end=end))
                    y += kind.leading + baseline - kind.baseline
            if y > lowest:
                lowest, tallest = y, tops
            x += width + gutter
        bottom = lowest + padding
        if rule and ruled_from < len(widths):
            start = self._left + sum(widths[:ruled_from]) + gutter * ruled_from
            shapes.append(Line(start, bottom, self._left + self._measure, bottom, rule))
        if len(tallest) <= whole:
            return [Strip(bottom, tuple(shapes), repeat=repeat)]
        return sliced(shapes, [0.0, *tallest[1:], bottom], repeat)

    def _photos(self, block: Photos) -> list[Strip]:
        width = (self._measure - GUTTER) / 2
        strips = []
        for index in range(0, len(block.photos), 2):
            shapes: list[Shape] = []
            height = 0.0
            for column, shown in enumerate(block.photos[index : index + 2]):
                x = self._left + column * (width + GUTTER)
                height = max(height, self._photo(shown, x, width, shapes))
            strips.append(Strip(height + 6, tuple(shapes)))
        return strips

    def _photo(self, shown: Photo, x: float, width: float, shapes: list[Shape]) -> float:
        ready = photo(shown.content, width, _PHOTO_HEIGHT)
        if ready is None:
            high = 20 * MM
            shapes.append(Box(x, 2, width, high, fill="paper-2"))
            kind = self.spacing.types["small"]
            line = self.lines(self.unreadable, "small", width - 12)[0]
            shapes.append(_text(x + 6, 2 + high / 2 + 3, line, kind))
        else:
            data, wide, high = ready
            shapes.append(Image(x, 2, wide, high, data))
        y = 2 + high + 3
        for line in self.lines(shown.caption, "small", width):
            shapes.append(
                _text(
                    x, y + self.spacing.types["small"].baseline, line, self.spacing.types["small"]
                )
            )
            y += self.spacing.types["small"].leading
        return y

    def _figure(self, block: Figure) -> list[Strip]:
        strips = [
            replace(strip, keep=True)
            for strip in self._row([(Said(block.finding, "strong"),)], [self._measure])
        ]
        return [*strips, self._picture(block.picture)]

    def _picture(self, picture: Picture) -> Strip:
        if picture.width > self._measure:
            raise ValueError(f"the picture is {picture.width:g} wide, {self._measure:g} at most")
        moved = tuple(self._seen(shape).moved(self._left, _AROUND / 2) for shape in picture.shapes)
        return Strip(picture.height + _AROUND, moved)

    def _seen(self, shape: Shape) -> Shape:
        """A shape of a picture; of a text what can be seen."""
        if not isinstance(shape, Text):
            return shape
        shown = printable(shape.text)
        self.check(shown)
        return shape if shown == shape.text else replace(shape, text=shown)


def _stack_height(stacks: Sequence[Sequence[Strip]]) -> float:
    strips = list(chain.from_iterable(stacks))
    return height_of(strips) if strips else 0.0


def _text(x: float, y: float, line: str, kind: Type, *, end: bool = False) -> Text:
    return Text(x, y, line, kind.size, kind.colour, kind.bold, anchor="end" if end else "start")
