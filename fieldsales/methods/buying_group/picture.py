"""The map of a buying group (M16): across the buying roles, upwards how far each is for us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from fieldsales.domain.buying_group import FOR_US
from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.shapes import Arc, Box, Line, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width
from fieldsales.drawing.text import wrap
from fieldsales.words import Words

_COLUMNS = ("decision_maker", "gatekeeper", "user", "purchaser", *SIDE_ROLES, "")
_ATTITUDES = (2, 1, 0, -1, -2, None)  # from above; None: not known
_NARROWEST = 7.0  # of a column with its gap, in ems
_STRONG, _MIGHTY = 4, 5  # influence from which somebody weighs much
TONES = {2: "good", 1: "good", 0: "ink-3", -1: "bad", -2: "bad", None: "ink-3"}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the buying group: codes of the roles, influence 1–5, attitude −2 … +2.

    `quadrant` is the dominant one's letter, '' where unknown; `met` says when we last met, and
    `faded` that it was too long ago.
    """

    key: str
    name: str
    roles: tuple[str, ...] = ()
    influence: int | None = None
    attitude: int | None = None
    confirmed: bool = False
    quadrant: str = ""
    met: str = ""
    faded: bool = False

    @property
    def column(self) -> str:
        """The role that counts most; '' without one."""
        return next((role for role in _COLUMNS if role in self.roles), "")


def sign(attitude: int | None) -> str:
    """`+2`, `0`, `−1`, or `?`."""
    if attitude is None:
        return "?"
    return f"+{attitude}" if attitude > 0 else f"−{-attitude}" if attitude < 0 else "0"


def reach(influence: int | None, size: float) -> float:
    """Radius of a dot: its area grows with the influence; unknown is as small as the least."""
    return size * (0.55 + 0.45 * (sqrt(influence or 1) - 1) / (sqrt(_MIGHTY) - 1))


def finding(members: Sequence[Member], words: Words) -> str:
    """The one line above the map: who weighs much and is against us, else which role is open."""
    if not members:
        return words("group.nobody")
    against = [one for one in members if (one.attitude or 0) < 0]
    against.sort(key=lambda one: -(one.influence or 0))
    if against and (against[0].influence or 0) >= _STRONG:
        return words("group.against", name=against[0].name, n=against[0].influence)
    held = {role for one in members for role in one.roles}
    won = {role for one in members if (one.attitude or 0) >= FOR_US for role in one.roles}
    count = len(won & {*BUYING_ROLES})
    for wanted, key in ((held, "group.open"), (won, "group.not_won")):
        lacking = [role for role in _COLUMNS if role in BUYING_ROLES and role not in wanted]
        if lacking:
            names = words("pictures.and").join(words.choice("buying_role", one) for one in lacking)
            so_far = words("group.roles_won", n=count) if count else words("group.none_won")
            return words("pictures.both", one=so_far, other=words(key, roles=names))
    return words("group.won")


def group_map(
    members: Sequence[Member], words: Words, width: float, *, size: float = 12.0
) -> Picture:
    """Columns of roles, rows of attitudes; the key of a dot and its name is the member's.

    Filled is confirmed, hollow assumed; pale, whom nobody has met for long. A row is as high as
    its fullest cell, so that names never cover each other. In too little room the picture is wider
    than `width`, to be scaled down.
    """
    columns = [
        role
        for role in _COLUMNS
        if role in BUYING_ROLES or any(one.column == role for one in members)
    ]
    rows = [
        attitude
        for attitude in _ATTITUDES
        if attitude is not None or any(one.attitude is None for one in members)
    ]
    names = [text_width(_attitude(attitude, words), size) for attitude in rows]
    left = 2.5 * size + max(names)
    width = max(width, left + len(columns) * _NARROWEST * size)
    line = 2.3 * size
    cells: dict[tuple[str, int | None], list[Member]] = {}
    for one in sorted(members, key=lambda one: (-(one.influence or 0), one.name, one.key)):
        cells.setdefault((one.column, one.attitude), []).append(one)
    places = _places(columns, members, words, left, width, size)
    shapes, y = _heads(columns, members, words, places, size)
    for attitude in rows:
        fullest = max(len(cells.get((role, attitude), ())) for role in columns)
        high = max(1, fullest) * line + 0.8 * size
        shapes += _row(attitude, words, y, width, size)
        for role, (x, room) in zip(columns, places, strict=True):
            for row, one in enumerate(cells.get((role, attitude), ())):
                middle = y + 0.4 * size + (row + 0.5) * line
                shapes += _member(one, x, middle, room, line, size)
        y += high
    shapes += _key_to_signs(members, words, y + 0.9 * size, width, size)
    return Picture(width, y + 2.4 * size, tuple(shapes), _alt(members, words))


def _places(
    columns: Sequence[str],
    members: Sequence[Member],
    words: Words,
    left: float,
    width: float,
    size: float,
) -> list[tuple[float, float]]:
    """Left edge and room of each column: what its names need, the widest giving way first."""
    gap = 0.8 * size
    wanted = []
    for role in columns:
        names = [text_width(one.name, size) for one in members if one.column == role]
        head = text_width(_role(role, words), size, bold=True)
        wanted.append(max(min(head, 7 * size), *(name + 4.2 * size for name in names), 5 * size))
    room = width - left - gap * (len(columns) - 1)
    spare = room - sum(wanted)
    if spare >= 0:
        rooms = [one + spare / len(columns) for one in wanted]
    else:
        cap, fixed = room / len(columns), 0.0
        for at, one in enumerate(sorted(wanted)):
            cap = (room - fixed) / (len(columns) - at)
            if one > cap:
                break
            fixed += one
        rooms = [min(one, cap) for one in wanted]
    starts = [left + sum(rooms[:at]) + gap * at for at in range(len(columns))]
    return list(zip(starts, rooms, strict=True))


def _role(role: str, words: Words) -> str:
    return words.choice("buying_role", role) or words("group.no_role")


def _attitude(attitude: int | None, words: Words) -> str:
    return words("group.attitude.unknown" if attitude is None else f"group.attitude.{attitude + 2}")


def _heads(
    columns: Sequence[str],
    members: Sequence[Member],
    words: Words,
    places: Sequence[tuple[float, float]],
    size: float,
) -> tuple[list[Shape], float]:
    """The roles' names; one that nobody holds says so."""
    shapes: list[Shape] = []
    held = {role for one in members for role in one.roles}
    lines = [
        wrap(_role(role, words), room, size, bold=True)[:2]
        for role, (_, room) in zip(columns, places, strict=True)
    ]
    deep = max(len(one) for one in lines)
    for role, name, (x, room) in zip(columns, lines, places, strict=True):
        for row, part in enumerate(name):
            said = shortened(part, size, room, bold=True)
            shapes.append(Text(x, (1.0 + 1.3 * row) * size, said, size, "ink", bold=True))
        if role in BUYING_ROLES and role not in held:
            said = shortened(words("group.no_one"), 0.9 * size, room)
            shapes.append(Text(x, (1.0 + 1.3 * deep) * size, said, 0.9 * size, "warn"))
    return shapes, (1.6 + 1.3 * deep) * size


def _row(attitude: int | None, words: Words, y: float, width: float, size: float) -> list[Shape]:
    """The line above a row, dashed below those that are for us, and what the row means."""
    base = y + 1.9 * size
    line = Line(0, y, width, y, "hairline", 0.75)
    if attitude == FOR_US - 1:
        line = Line(0, y, width, y, "ink-3", 0.75, (4.0, 3.0))
    return [
        line,
        Text(0, base, sign(attitude), size, TONES[attitude], bold=True),
        Text(1.7 * size, base, _attitude(attitude, words), size, "ink-2"),
    ]


def _member(
    one: Member, x: float, middle: float, room: float, line: float, size: float
) -> list[Shape]:
    """Dot with its sign, the name, the letter of the quadrant, and when we last met if long ago."""
    far, widest = reach(one.influence, size), reach(_MIGHTY, size)
    tone = TONES[one.attitude]
    ink = "ink-3" if one.faded else "ink"
    if one.confirmed:
        fill = edge = "line" if one.faded else tone
        on_dot = "ink" if one.faded else "paper"
    else:
        fill, edge, on_dot = "paper", "line" if one.faded else tone, "ink-2" if one.faded else tone
    centre = x + widest
    base = middle + 0.36 * size
    up = 0.5 * size if one.faded and one.met else 0.0
    left = x + 2 * widest + 0.4 * size
    letter_room = 1.4 * size if one.quadrant else 0.0
    end = x + room
    name = shortened(one.name, size, end - left - letter_room)
    shapes: list[Shape] = [
        Box(x, middle - line / 2, room, line, key=one.key),
        Arc(centre, middle, far, fill=fill, stroke=edge, thickness=1.25, key=one.key),
        Text(
            centre,
            middle + 0.26 * size,
            sign(one.attitude),
            0.72 * size,
            on_dot,
            bold=True,
            anchor="middle",
            key=one.key,
        ),
        Text(
            left, base - (0.5 * size if one.faded and one.met else 0), name, size, ink, key=one.key
        ),
    ]
    if one.quadrant:
        at = left + text_width(name, size) + 0.4 * size
        colour = "ink-3" if one.faded else f"quadrant-{one.quadrant}"
        shapes.append(
            Text(at, base - up, one.quadrant.upper(), size, colour, bold=True, key=one.key)
        )
    if one.faded and one.met:
        met = shortened(one.met, 0.8 * size, end - left)
        shapes.append(Text(left, base + 0.6 * size, met, 0.8 * size, "ink-3", key=one.key))
    return shapes


def _key_to_signs(
    members: Sequence[Member], words: Words, y: float, width: float, size: float
) -> list[Shape]:
    """What filled, hollow and large mean, where there are dots."""
    if not members:
        said = shortened(words("group.add_people"), size, width)
        return [Text(0, y + 0.8 * size, said, size, "ink-3")]
    shapes: list[Shape] = []
    x, small, middle = 0.0, 0.85 * size, y + 0.5 * size
    for fill, edge, far, name in (
        ("ink-3", "ink-3", 0.4 * size, "group.confirmed"),
        ("paper", "ink-3", 0.4 * size, "group.assumed"),
        ("line", "line", 0.4 * size, "group.faded"),
        ("ink-3", "ink-3", 0.6 * size, "group.size"),
    ):
        said = words(name)
        long = text_width(said, small)
        if x + 1.6 * size + long > width:
            break
        shapes.append(Arc(x + 0.6 * size, middle, far, fill=fill, stroke=edge, thickness=1.0))
        shapes.append(Text(x + 1.6 * size, middle + 0.3 * size, said, small, "ink-3"))
        x += 2.8 * size + long
    return shapes


def _alt(members: Sequence[Member], words: Words) -> str:
    said = [finding(members, words)]
    for one in members:
        role = _role(one.column, words)
        said.append(words("group.told", name=one.name, role=role, attitude=sign(one.attitude)))
    return " ".join(said)
