"""Guesses which column fills which field, by its header and by how its values look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldsales.services.importing import headers
from fieldsales.services.importing.looks import look
from fieldsales.services.importing.mapping import (
    MAIN,
    PERSON,
    ColumnMap,
    field_of,
    takes_several,
    targets,
)
from fieldsales.services.importing.sheet import Cells

# A column whose values look like something else is not this field, whatever its header says.
_EXPECTED = {
    "phone": ("phone", "mobile"),
    "mobile": ("phone", "mobile"),
    "email": ("email",),
    "website": ("website",),
    "birthday": ("date",),
    "employees": ("number",),
    "expected_close": ("date",),
    "ordered_on": ("date",),
    "paid_on": ("date",),
    "issued_on": ("date",),
    "due_on": ("date",),
    "received_on": ("date",),
}
# What values alone tell, where the header tells nothing.
_BY_LOOK = {
    "customers": (
        ("firm", "name"),
        ("mobile", "contact.mobile"),
        ("mobile", "phone"),
        ("phone", "phone"),
        ("email", "email"),
        ("website", "website"),
        ("person", "contact.name"),
    ),
    "contacts": (
        ("person", "name"),
        ("firm", "customer"),
        ("mobile", "mobile"),
        ("phone", "phone"),
        ("email", "email"),
    ),
    "deals": (("firm", "customer"),),
    "products": (),
    "receivables": (("firm", "customer"),),
    "payments": (("firm", "customer"),),
    "sales": (("firm", "customer"),),
}
_STRONG, _WEAK, _LOOKS, _LEAST = 1.0, 0.6, 0.45, 0.3


def guess(
    columns: Sequence[str],
    rows: Sequence[Cells],
    kind: str,
    remembered: Mapping[str, str] | None = None,
) -> ColumnMap:
    """The likely map of these columns; `rows` are some of the sheet's first.

    What was `remembered` of a header counts before any guess.
    """
    guesser = _Guesser(columns, rows, kind, remembered or {})
    found = guesser.assign(targets(kind))
    if kind == "customers" and PERSON + "name" not in map(field_of, filter(None, found.values())):
        own = [target for target in targets(kind) if not target.startswith(PERSON)]
        found = guesser.assign(own)
    return ColumnMap(tuple(found.get(index) for index in range(len(columns))))


class _Guesser:
    """Scores every column against every target and hands targets out from the best score down."""

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[Cells],
        kind: str,
        remembered: Mapping[str, str],
    ) -> None:
        self._kind = kind
        self._folded = [headers.fold(column) for column in columns]
        self._ignored = [headers.ignored(column) for column in columns]
        self._person = self._person_column()
        self._looks = [look(row[index] for row in rows) for index in range(len(columns))]
        # where the header says nothing, or what its values deny, they speak for themselves
        self._by_values = [
            (not headers.known(column) and not headers.measured(column)) or self._denied(index)
            for index, column in enumerate(columns)
        ]
        self._fixed = {
            index: remembered[key]
            for index, (folded, column) in enumerate(zip(self._folded, columns, strict=True))
            if (key := folded or column) in remembered
        }

    def assign(self, allowed: Sequence[str]) -> dict[int, str]:
        found = {index: target for index, target in self._fixed.items() if target in allowed}
        scores = sorted(
            (
                (-score, index, order, target)
                for index in range(len(self._folded))
                if index not in self._fixed
                for order, target in enumerate(allowed)
                if (score := self._score(index, target)) >= _LEAST
            ),
        )
        taken = set(found.values())
        for _, index, _, target in scores:
            if index not in found and target not in taken:
                found[index] = target
                taken.add(target)
        self._settle_wholes_and_parts(found)
        self._add_more(found, allowed, scores)
        self._require_name(found, scores)
        return found

    def _score(self, index: int, target: str) -> float:
        kind, field = _entry(self._kind, target)
        names = headers.names()[kind].get(field)
        folded, seen = self._folded[index], self._looks[index]
        score = 0.0
        if names is not None and folded:
            if folded in names.strong:
                score = _STRONG
            elif folded in names.weak:
                score = _WEAK
            elif not self._ignored[index]:
                score = _contained(folded, names.strong)
        if target.startswith(PERSON):
            score *= 0.95
        if self._by_values[index]:
            score = max(score, self._by_look(seen, target))
        if _unlike(seen, target.removeprefix(PERSON)):
            score *= 0.3
        if target.endswith("mobile") and seen.get("mobile", 0.0) >= 0.8:
            if score >= _STRONG * 0.95:
                score += 0.1
            elif folded in headers.names()["contact"]["phone"].strong and (
                target == "mobile" or self._is_a_persons(index)
            ):
                score = _STRONG + 0.02  # a column of phones that are all mobile ones
        return score if seen else score * 0.8

    def _person_column(self) -> int | None:
        """Where the name of a person stands beside a customer's, by the headers."""
        people = (
            headers.names()["contact"]["name"].strong - headers.names()["customer"]["name"].weak
        )
        return next((i for i, folded in enumerate(self._folded) if folded in people), None)

    def _is_a_persons(self, index: int) -> bool:
        """Whether a column of phones behind a person's name is theirs: no other is called mobile,
        nor is it called the firm's.
        """
        mobile, firms = (
            headers.names()["contact"]["mobile"].strong,
            ("公司", "单位", "客户", "company"),
        )
        return (
            self._person is not None
            and index > self._person
            and not mobile & set(self._folded)
            and not self._folded[index].startswith(firms)
        )

    def _denied(self, index: int) -> bool:
        return any(
            self._folded[index] in entry.strong and _unlike(self._looks[index], field)
            for field, entry in headers.names()[self._kind.removesuffix("s")].items()
        )

    def _by_look(self, seen: Mapping[str, float], target: str) -> float:
        for order, (kind, likely) in enumerate(_BY_LOOK[self._kind]):
            if likely == target and seen.get(kind, 0.0) >= 0.6:
                return _LOOKS * seen[kind] - order * 0.01
        return 0.0

    def _settle_wholes_and_parts(self, found: dict[int, str]) -> None:
        """A full name leaves no place for its parts, unless it is empty or only looks like one."""
        for prefix in ("", PERSON):
            parts = [i for i, target in found.items() if target.startswith(f"{prefix}name.")]
            whole = [i for i, target in found.items() if target == f"{prefix}name"]
            sure = any(self._looks[i] and not self._by_values[i] for i in whole)
            for index in parts if sure else whole if parts else []:
                if index not in self._fixed:
                    del found[index]

    def _add_more(
        self,
        found: dict[int, str],
        allowed: Sequence[str],
        scores: Sequence[tuple[float, int, int, str]],
    ) -> None:
        """Further columns of fields that take several: numbers, tags, notes."""
        for negative, index, _, target in scores:
            many = target in allowed and takes_several(target)
            if index not in found and many and -negative >= 0.5 and self._looks[index]:
                found[index] = target

    def _require_name(
        self, found: dict[int, str], scores: Sequence[tuple[float, int, int, str]]
    ) -> None:
        main = MAIN[self._kind]
        if main not in map(field_of, found.values()):
            for _, index, _, target in scores:
                if target == main and index not in self._fixed:
                    found[index] = target
                    return


def _entry(kind: str, target: str) -> tuple[str, str]:
    if target.startswith(PERSON):
        return "contact", target.removeprefix(PERSON)
    return kind.removesuffix("s"), target


def _unlike(seen: Mapping[str, float], field: str) -> bool:
    """Whether a column's values are something else than this field's."""
    expected = _EXPECTED.get(field)
    return bool(expected and seen) and max(seen[kind] for kind in expected or ()) < 0.2


def _contained(folded: str, strong: frozenset[str]) -> float:
    """How much of a header is a name we know: `主要联系电话` holds `联系电话`."""
    best = max(
        (
            len(name)
            for name in strong
            if len(name) >= (4 if name.isascii() else 2) and name in folded
        ),
        default=0,
    )
    return 0.55 * best / len(folded)
