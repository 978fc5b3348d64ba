"""What a scan found, as it stands now: without who is gone, whoever was merged as who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fieldsales.services.duplicates import Pair
from fieldsales.store.database import Store
from fieldsales.store.queries import duplicates as query

_MOST = 2_000  # pairs that are shown: who has gone through them looks anew


@dataclass(frozen=True, slots=True)
class One:
    """One of a pair by name; `where` tells it from others of its name."""

    id: str
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair with its names; `key` is the same for as long as the pair is."""

    pair: Pair
    one: One
    other: One

    @property
    def key(self) -> str:
        return key_of(self.pair.noun, self.one.id, self.other.id)


def key_of(noun: str, one: str, other: str) -> str:
    """`customer:…:…`, however the two stand."""
    return ":".join((noun, *sorted((one, other))))


@dataclass(slots=True)
class Found:
    """The pairs of a noun since the last scan; `None` before the first. `later` are keys of those
    that somebody put off until the next one.
    """

    noun: str
    pairs: Sequence[Pair] | None = None
    later: set[str] = field(default_factory=set)

    def renew(self, pairs: Sequence[Pair]) -> None:
        """What a new scan found."""
        self.pairs = pairs
        self.later.clear()

    def standing(self, store: Store) -> list[Shown]:
        """Those that are still there, each once, in their order."""
        pairs = self.pairs or ()
        names = query.standing(store, self.noun, {end for pair in pairs for end in _ends(pair)})
        apart = query.apart(store, self.noun)
        shown: dict[str, Shown] = {}
        for pair in pairs:
            if pair.one not in names or pair.other not in names:
                continue
            one, other = One(*names[pair.one]), One(*names[pair.other])
            ends = (min(one.id, other.id), max(one.id, other.id))
            key = key_of(self.noun, *ends)
            if one.id == other.id or ends in apart or key in self.later or key in shown:
                continue
            shown[key] = Shown(replace(pair, one=one.id, other=other.id), one, other)
            if len(shown) == _MOST:
                break
        return list(shown.values())


def _ends(pair: Pair) -> tuple[str, str]:
    return pair.one, pair.other
