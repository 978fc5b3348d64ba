"""Strips of paper and how they are broken into pages.

A strip is the least that stays together: a line of prose, a row of a table, a row of photos.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fieldsales.drawing.shapes import Line, Shape, Text


@dataclass(frozen=True, slots=True)
class Strip:
    """Shapes of a full-width strip of paper, measured from its top left corner.

    `before` is the space above it, dropped at the top of a page; `keep` ties it to the next strip,
    and `fresh` puts it at the top of a page;
    `repeat` is set above it, and `continued` drawn beside it, where it begins a page.
    """

    height: float
    shapes: tuple[Shape, ...] = ()
    before: float = 0.0
    keep: bool = False
    repeat: tuple[Strip, ...] = ()
    continued: tuple[Shape, ...] = ()
    fresh: bool = False


def break_pages(
    strips: Sequence[Strip], first_room: float, room: float
) -> list[list[tuple[float, Shape]]]:
    """Pages of shapes with the y of their strip, from the top of the page's text.

    `first_room` and `room` are the heights free on the first and on every later page.
    """
    pages: list[list[tuple[float, Shape]]] = [[]]
    y = 0.0
    at = 0
    while at < len(strips):
        until = at
        while strips[until].keep and until + 1 < len(strips):
            until += 1
        free = first_room if len(pages) == 1 else room
        if y and strips[at].fresh:
            pages.append([])
            y = 0.0
            continue
        if y and y + height_of(strips[at : until + 1], y) > free:
            again = sum(strip.height for strip in strips[at].repeat)
            if (
                again + height_of(strips[at : until + 1], 0.0) <= room
                or y + strips[at].height > free
            ):
                pages.append([])
                y = 0.0
                continue
            until = at  # too much for any page: what fits stays here
        for strip in strips[at : until + 1]:
            y = _place(pages, strip, y, first_room if len(pages) == 1 else room)
        at = until + 1
    return pages


def height_of(strips: Sequence[Strip], y: float = 0.0) -> float:
    """Height of strips set from `y` on; at the top of a page the first needs no space above."""
    total = sum(strip.before + strip.height for strip in strips)
    return total if y else total - strips[0].before


def _place(pages: list[list[tuple[float, Shape]]], strip: Strip, y: float, free: float) -> float:
    if y and y + strip.before + strip.height > free:
        pages.append([])
        y = 0.0
    page = pages[-1]
    if y:
        y += strip.before
    elif len(pages) > 1:
        page += [(y, shape) for shape in strip.continued]
        for again in strip.repeat:
            page += [(y, shape) for shape in again.shapes]
            y += again.height
    page += [(y, shape) for shape in strip.shapes]
    return y + strip.height


def sliced(shapes: list[Shape], edges: list[float], repeat: tuple[Strip, ...]) -> list[Strip]:
    """A tall row cut at the lines of its tallest cell; its first and last two stay together."""
    strips: list[Strip] = []
    pending = sorted(shapes, key=_top)
    for index, (top, bottom) in enumerate(pairwise(edges)):
        last = index == len(edges) - 2
        taken = len(pending) if last else sum(1 for shape in pending if _top(shape) < bottom)
        inside = tuple(shape.moved(0.0, -top) for shape in pending[:taken])
        pending = pending[taken:]
        keep = index == 0 or index == len(edges) - 3
        strips.append(Strip(bottom - top, inside, keep=keep, repeat=repeat))
    return strips


def _top(shape: Shape) -> float:
    """Where a text or rule of a row begins, for sorting it into a slice."""
    if isinstance(shape, Text):
        return shape.y - shape.size
    return shape.y1 if isinstance(shape, Line) else 0.0


def no_orphans(strips: list[Strip]) -> list[Strip]:
    """The first two and the last two of a run of rows stay together."""
    if len(strips) < 2:
        return strips
    first, before_last = strips[0], strips[-2]
    strips[0] = replace(first, keep=True)
    strips[-2] = replace(before_last, keep=True)
    return strips


def hold(strips: list[Strip], height: float) -> None:
    """Keeps as many first strips together as a title of this height needs beside it."""
    reached = 0.0
    for index, strip in enumerate(strips):
        reached += strip.height + (strip.before if index else 0.0)
        if reached >= height:
            return
        if index + 1 < len(strips):
            strips[index] = replace(strip, keep=True)
    strips.append(Strip(height - reached))
    strips[-2] = replace(strips[-2], keep=True)
