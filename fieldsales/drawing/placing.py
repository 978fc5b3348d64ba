"""Finds room: where shapes lie, and places for labels and dots that cover nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import cos, radians, sin

from fieldsales.drawing.shapes import Anchor, Arc, Box, Image, Line, Path, Picture, Shape
from fieldsales.drawing.text import width as text_width

_CELL = 24.0  # side of the squares by which what is taken is found again


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def meets(self, other: Rect) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def touches(self, other: Rect) -> bool:
        """Whether the two share anything, an edge at least."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def within(self, other: Rect) -> bool:
        """Whether it lies in the other, edges allowed."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


def text_rect(
    x: float, y: float, text: str, size: float, anchor: Anchor = "start", *, bold: bool = False
) -> Rect:
    """Where a line of text with its baseline at `y` is to be seen."""
    long = text_width(text, size, bold=bold)
    left = x - {"start": 0.0, "middle": long / 2, "end": long}[anchor]
    return Rect(left, y - 0.9 * size, left + long, y + 0.22 * size)


def bounds(shape: Shape) -> Rect:
    """The rectangle around a shape, without the thickness of its edge."""
    if isinstance(shape, Box | Image):
        return Rect(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
    if isinstance(shape, Line):
        across, down = sorted((shape.x1, shape.x2)), sorted((shape.y1, shape.y2))
        return Rect(across[0], down[0], across[1], down[1])
    if isinstance(shape, Path):
        xs, ys = zip(*shape.points, strict=True)
        return Rect(min(xs), min(ys), max(xs), max(ys))
    if isinstance(shape, Arc):
        far = shape.radius
        return Rect(shape.x - far, shape.y - far, shape.x + far, shape.y + far)
    return text_rect(shape.x, shape.y, shape.text, shape.size, shape.anchor, bold=shape.bold)


class Room:
    """A frame in which rectangles are taken one after the other, none upon another."""

    def __init__(self, frame: Rect) -> None:
        self.frame = frame
        self._taken: dict[tuple[int, int], list[Rect]] = {}

    def free(self, *wanted: Rect, frame: Rect | None = None) -> bool:
        """Whether all lie in the frame (or a part of it) and meet nothing taken."""
        frame = frame or self.frame
        return all(
            rect.within(frame)
            and not any(rect.meets(other) for at in _cells(rect) for other in self._at(at))
            for rect in wanted
        )

    def take(self, *rects: Rect) -> None:
        for rect in rects:
            for at in _cells(rect):
                self._taken.setdefault(at, []).append(rect)

    def _at(self, cell: tuple[int, int]) -> Iterable[Rect]:
        return self._taken.get(cell, ())


def _cells(rect: Rect) -> Iterator[tuple[int, int]]:
    for across in range(int(rect.left // _CELL), int(rect.right // _CELL) + 1):
        for down in range(int(rect.top // _CELL), int(rect.bottom // _CELL) + 1):
            yield across, down


def around(x: float, y: float, step: float, far: float) -> Iterator[tuple[float, float]]:
    """Points ever farther from a point, itself first."""
    yield x, y
    ring = 1
    while ring * step <= far:
        count = 6 * ring
        for at in range(count):
            angle = radians(360 * at / count)
            yield x + ring * step * sin(angle), y - ring * step * cos(angle)
        ring += 1


def label_spots(
    x: float, y: float, reach: float, size: float
) -> tuple[tuple[float, float, Anchor], ...]:
    """Where a label may stand beside a dot, as x, baseline, anchor: right, left, above, below."""
    gap = reach + 0.25 * size
    return (
        (x + gap, y + 0.34 * size, "start"),
        (x - gap, y + 0.34 * size, "end"),
        (x, y - gap - 0.22 * size, "middle"),
        (x, y + gap + 0.9 * size, "middle"),
    )


def part(picture: Picture, frame: Rect) -> Picture:
    """What is to be seen of a picture in a frame, moved to its origin; straight lines are cut off.

    A shape that reaches over the edge and is no line belongs to the part that holds its middle.
    """
    shapes = [
        shape.moved(-frame.left, -frame.top)
        for whole in picture.shapes
        for shape in _inside(whole, frame)
    ]
    return Picture(frame.width, frame.height, tuple(shapes), picture.alt)


def _inside(shape: Shape, frame: Rect) -> Iterator[Shape]:
    rect = bounds(shape)
    if isinstance(shape, Line):
        cut = Rect(
            max(rect.left, frame.left),
            max(rect.top, frame.top),
            min(rect.right, frame.right),
            min(rect.bottom, frame.bottom),
        )
        if rect.within(frame):
            yield shape
        elif (
            cut.left <= cut.right
            and cut.top <= cut.bottom
            and (shape.x1 == shape.x2 or shape.y1 == shape.y2)
        ):
            yield replace(shape, x1=cut.left, y1=cut.top, x2=cut.right, y2=cut.bottom)
        return
    x, y = (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2
    if frame.left <= x < frame.right and frame.top <= y < frame.bottom:
        yield shape
