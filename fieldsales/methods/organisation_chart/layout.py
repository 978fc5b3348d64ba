"""Where the cards of an organisation chart stand (M15): a tidy tree in bands of levels.

The unit across is the width of a card, downwards a row. Subtrees stand as close as their outlines
allow; who leads nobody stands below the others in a column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, sqrt

from fieldsales.domain.contact import LEVELS
from fieldsales.domain.organisation import Post, walk

UNKNOWN = len(LEVELS)  # the band of those whose level cannot be told
_GAP = 0.14
INDENT = 0.14  # of a column of leaves; its spine stands in the middle of it
_STACKED = 3  # so many leaves of one leader stand in columns
_DEEP = 6  # rows of such a column
_APART = 0.5  # between trees, and from them to those without a line


@dataclass(frozen=True, slots=True)
class Link:
    """From a leader down to others: `drops` end at a card's middle, `spines` run beside columns."""

    leader: str
    drops: tuple[tuple[float, int], ...] = ()
    spines: tuple[tuple[float, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A level's rows: `level` is an index of LEVELS, or UNKNOWN."""

    level: int
    first: int
    rows: int


@dataclass(frozen=True, slots=True)
class Layout:
    """`places` holds left edge and row by key; `apart` is where those without a line begin."""

    places: Mapping[str, tuple[float, int]]
    links: tuple[Link, ...]
    bands: tuple[Band, ...]
    width: float
    apart: float | None


@dataclass(slots=True)
class _Block:
    """A subtree or a column of leaves: its outline by row, from its own left edge."""

    outline: dict[int, tuple[float, float]]
    middle: float
    inner: dict[str, float] = field(default_factory=dict)  # key -> left edge inside


@dataclass(slots=True)
class _Tree:
    """Everybody's leader, followers and band, leaders before those they lead."""

    order: list[str]
    leader: dict[str, str]
    followers: dict[str, list[str]]
    band: dict[str, int]
    row: dict[str, int]  # inside the band, later in the whole


def arranged(roots: Sequence[Post], *, all_bands: bool = True) -> Layout:
    """Places for all in the tree.

    Who is said to stand above their leader stands below nevertheless. Without `all_bands` empty
    levels are left out, as they are where nobody's level is known.
    """
    tree = _tree(roots)
    loose = [key for key in tree.order if key not in tree.leader and not tree.followers[key]]
    stacks = _stacked(tree)
    grids = _grids(loose, tree)
    bands = _bands(tree, all_bands=all_bands)
    first = {band.level: band.first for band in bands}
    for key in tree.order:
        tree.row[key] += first[tree.band[key]]
    places: dict[str, tuple[float, int]] = {}
    links: list[Link] = []
    blocks: dict[str, _Block] = {}
    for key in reversed(tree.order):
        if tree.followers[key]:
            blocks[key] = _subtree(key, tree, stacks.get(key, []), blocks)
        else:
            blocks[key] = _Block({tree.row[key]: (0.0, 1.0)}, 0.5)
    trees = [key for key in tree.order if key not in tree.leader and tree.followers[key]]
    offsets, outline = _beside([blocks[key] for key in trees], _APART)
    # a tree may reach further left under one that begins higher up
    edge = min((low for low, _ in outline.values()), default=0.0)
    left = {key: offset - edge for key, offset in zip(trees, offsets, strict=True)}
    for key in tree.order:
        if key in left:
            for other, inside in blocks[key].inner.items():
                left[other] = left[key] + inside
    right = max((high for _, high in outline.values()), default=0.0) - edge
    apart = None
    if loose:
        apart = right + _APART if trees else 0.0
        for key, column in grids.items():
            left[key] = apart + column * (1 + _GAP)
            right = max(right, left[key] + 1)
    for key in tree.order:
        places[key] = (left[key], tree.row[key])
        if tree.followers[key]:
            links.append(_link(key, tree, stacks.get(key, []), left))
    return Layout(places, tuple(links), bands, right, apart if trees else None)


def _tree(roots: Sequence[Post]) -> _Tree:
    posts = list(walk(roots))
    followers = {post.contact.id: [one.contact.id for one in post.below] for post in posts}
    leader = {one: key for key, below in followers.items() for one in below}
    tree = _Tree([post.contact.id for post in posts], leader, followers, {}, {})
    _find_rows(tree, {post.contact.id: post.contact.level for post in posts})
    return tree


def _find_rows(tree: _Tree, levels: Mapping[str, str]) -> None:
    """Bands and rows in them: below one's leader, at one's own level where that is lower."""
    own = {
        key: LEVELS.index(level) if level in LEVELS else UNKNOWN for key, level in levels.items()
    }
    highest = dict(own)  # of a subtree
    for key in reversed(tree.order):
        if key in tree.leader:
            up = tree.leader[key]
            highest[up] = min(highest[up], highest[key])
    for key in tree.order:
        if key not in tree.leader:
            tree.band[key] = own[key] if own[key] != UNKNOWN else highest[key]
            tree.row[key] = 0
            continue
        up = tree.leader[key]
        band = tree.band[up] if own[key] == UNKNOWN else max(own[key], tree.band[up])
        tree.band[key] = band
        tree.row[key] = tree.row[up] + 1 if band == tree.band[up] else 0


def _stacked(tree: _Tree) -> dict[str, list[list[list[str]]]]:
    """By leader, for each band with many leaves, their columns; the leaves' rows follow."""
    found: dict[str, list[list[list[str]]]] = {}
    for key in tree.order:
        leaves: dict[int, list[str]] = {}
        for one in tree.followers[key]:
            if not tree.followers[one]:
                leaves.setdefault(tree.band[one], []).append(one)
        for group in leaves.values():
            if len(group) >= _STACKED:
                columns = [group[at : at + _DEEP] for at in range(0, len(group), _DEEP)]
                found.setdefault(key, []).append(columns)
                for column in columns:
                    for down, one in enumerate(column):
                        tree.row[one] += down
    return found


def _grids(loose: Sequence[str], tree: _Tree) -> dict[str, int]:
    """Columns of those without a line, by band in a grid that is wider than high."""
    by_band: dict[int, list[str]] = {}
    for key in loose:
        by_band.setdefault(tree.band[key], []).append(key)
    columns: dict[str, int] = {}
    for group in by_band.values():
        rows = ceil(sqrt(0.6 * len(group)))
        for at, key in enumerate(group):
            columns[key], tree.row[key] = divmod(at, rows)
    return columns


def _bands(tree: _Tree, *, all_bands: bool) -> tuple[Band, ...]:
    told = not tree.order or any(band != UNKNOWN for band in tree.band.values())
    rows: dict[int, int] = dict.fromkeys(range(UNKNOWN), 1) if all_bands and told else {}
    for key in tree.order:
        band = tree.band[key]
        rows[band] = max(rows.get(band, 0), tree.row[key] + 1)
    bands: list[Band] = []
    first = 0
    for level in sorted(rows):
        bands.append(Band(level, first, rows[level]))
        first += rows[level]
    return tuple(bands)


def _subtree(
    key: str, tree: _Tree, stacks: Sequence[list[list[str]]], blocks: Mapping[str, _Block]
) -> _Block:
    """The followers beside each other, the leader above their middle."""
    row = tree.row[key]
    in_columns = {one for columns in stacks for column in columns for one in column}
    items: list[_Block] = []
    for one in tree.followers[key]:
        if one not in in_columns:
            block = blocks[one]
            outline = dict(block.outline)
            for skipped in range(row + 1, tree.row[one]):
                outline[skipped] = (block.middle - 0.1, block.middle + 0.1)
            items.append(_Block(outline, block.middle, {one: _left(block)}))
    items += [_columns(columns, tree, row) for columns in stacks]
    offsets, outline = _beside(items, _GAP)
    middles = [offset + item.middle for offset, item in zip(offsets, items, strict=True)]
    left = (middles[0] + middles[-1]) / 2 - 0.5
    inner = {
        one: offset + inside - left
        for offset, item in zip(offsets, items, strict=True)
        for one, inside in item.inner.items()
    }
    shifted = {at: (low - left, high - left) for at, (low, high) in outline.items()}
    shifted[row] = (0.0, 1.0)
    return _Block(shifted, 0.5, inner)


def _left(block: _Block) -> float:
    """Left edge of the card that stands at the top of a block."""
    return block.middle - 0.5


def _columns(columns: Sequence[Sequence[str]], tree: _Tree, row: int) -> _Block:
    """Leaves below each other, each column with its spine to the left."""
    outline: dict[int, tuple[float, float]] = {}
    inner: dict[str, float] = {}
    pitch = 1 + INDENT + _GAP
    for at, column in enumerate(columns):
        for one in column:
            inner[one] = at * pitch + INDENT
            low, _ = outline.get(tree.row[one], (0.0, 0.0))
            outline[tree.row[one]] = (low, at * pitch + INDENT + 1)
    top = min(outline)
    for skipped in range(row + 1, top):
        outline[skipped] = (0.0, (len(columns) - 1) * pitch + INDENT)
    middle = 0.5 if len(columns) == 1 else ((len(columns) - 1) * pitch + INDENT + 1) / 2
    return _Block(outline, middle, inner)


def _beside(
    items: Sequence[_Block], gap: float
) -> tuple[list[float], dict[int, tuple[float, float]]]:
    """Offsets by which the blocks stand as close as may be, and the outline of them all."""
    outline: dict[int, tuple[float, float]] = {}
    offsets: list[float] = []
    for item in items:
        lows = {row: low for row, (low, _) in item.outline.items()}
        offset = max(
            (outline[row][1] + gap - low for row, low in lows.items() if row in outline),
            default=-min(lows.values()),
        )
        if offsets:
            offset = max(offset, offsets[-1])
        offsets.append(offset)
        for row, (low, high) in item.outline.items():
            before = outline.get(row)
            outline[row] = (before[0] if before else low + offset, high + offset)
    return offsets, outline


def _link(
    key: str, tree: _Tree, stacks: Sequence[list[list[str]]], left: Mapping[str, float]
) -> Link:
    spines = [
        (left[column[0]] - INDENT / 2, tuple(tree.row[one] for one in column))
        for columns in stacks
        for column in columns
    ]
    in_columns = {one for columns in stacks for column in columns for one in column}
    drops = [
        (left[one] + 0.5, tree.row[one]) for one in tree.followers[key] if one not in in_columns
    ]
    return Link(key, tuple(drops), tuple(spines))
