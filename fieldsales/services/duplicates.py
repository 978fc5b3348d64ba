"""Finding records that are there twice: in the whole file, or while somebody types a new one.

The rules are in `domain.duplicates`; here is what they are given, and which records meet at all: of
100 000 customers each is compared with the few that share a key with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.distance import OSA

from fieldsales.domain.duplicates.companies import Company, companies_alike
from fieldsales.domain.duplicates.company_name import place_of, taken_apart
from fieldsales.domain.duplicates.likeness import SHOWN, Edits, Likeness
from fieldsales.domain.duplicates.people import Person, people_alike, person_taken_apart
from fieldsales.services.importing.values import phone_keys
from fieldsales.store.caches import Watch, unwatched
from fieldsales.store.database import Store
from fieldsales.store.queries import duplicates as query
from fieldsales.store.queries.duplicates import ContactRow, CustomerRow
from fieldsales.store.search import search
from fieldsales.store.search.folding import fold, is_han
from fieldsales.store.search.pinyin import readings
from fieldsales.store.search.query import MIDDLE

NOUNS = ("customer", "contact")  # of which duplicates are looked for
_CROWD = 40  # that share a key: more than that are compared with their neighbours alone
_TOLD_EACH = 500  # records between two words to who watches
_SHORTEST = 4  # characters of a name in which a slip of the finger can be told from another name
_LONGEST = 16
_INDEX = (1 << 24) - 1
_SITE = re.compile(r"^(?:https?://)?(?:www\.)?([^/]+).*")

_ASKED = 8  # records looked at for each text
_SHOWN_AT_MOST = 4
_TELLING = {"phone", "mobile", "email", "own_id", "messenger"}  # reason enough to be shown

_Fact = TypeVar("_Fact", Company, Person)
_Key = tuple[str, bool]  # and whether it is weak: two weak ones are no reason to meet


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be the same; `score` in percent, `reasons` as of a `Likeness`."""

    noun: str
    one: str
    other: str
    score: int
    reasons: tuple[str, ...]


def scan(store: Store, noun: str, watch: Watch = unwatched) -> list[Pair]:
    """All pairs of a noun that may be the same, the likeliest first.

    Those that somebody told apart are left out. What `watch` raises stops it.
    """
    total = 3 * query.count(store, noun)
    if noun == "customer":
        companies = _watched(map(company, query.customers(store)), watch, total)
        found = _meetings(companies, _company_keys, companies_alike, watch, total)
    else:
        people = _watched(map(person, query.contacts(store)), watch, total)
        found = _meetings(people, _person_keys, people_alike, watch, total)
    apart = query.apart(store, noun)
    pairs = [
        Pair(noun, one, other, likeness.score, likeness.reasons)
        for one, other, likeness in found
        if (min(one, other), max(one, other)) not in apart
    ]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that may be what is being typed; `where` tells it from others of its name. `score`
    in percent.
    """

    id: str
    name: str
    where: str
    reasons: tuple[str, ...]
    score: int


def likely(store: Store, noun: str, typed: Mapping[str, str], own_id: str = "") -> list[Twin]:
    """Records that may be the one of which these fields are typed, the likeliest first.

    `own_id`: of the record, if it is one already. Whom somebody told apart from it is left out.
    """
    row = _typed_row(noun, {**typed, "id": own_id})
    beginnings = {row.name.strip(), row.name.strip()[:_SHORTEST]} if noun == "customer" else set()
    found: set[str] = set()
    begun: set[str] = set()  # whose name holds what was typed so far
    with store.reading() as connection:
        for text in dict.fromkeys((*beginnings, *_asked(row))):
            if len(text.strip()) > 1:
                hits = search(connection, text, _ASKED, (noun,))
                found.update(hit.row_id for hit in hits)
                if text in beginnings:
                    begun.update(hit.row_id for hit in hits if hit.rank <= MIDDLE)
    apart = query.apart_from(store, noun, own_id) if own_id else set()
    shown = [
        one
        for one in _compared(store, row, found - apart - {own_id})
        if one.score >= SHOWN or set(one.reasons) & _TELLING or one.id in begun
    ]
    return shown[:_SHOWN_AT_MOST]


def among(store: Store, noun: str, typed: Mapping[str, str], ids: Collection[str]) -> list[Twin]:
    """How alike each of these records is to one of which these fields are typed, best first."""
    return _compared(store, _typed_row(noun, typed), ids)


def _asked(row: CustomerRow | ContactRow) -> Iterator[str]:
    """What records like this one are looked for by."""
    yield row.email
    yield from phone_keys(row.phone)
    if isinstance(row, CustomerRow):
        house = company(row)
        yield from (house.name.core, house.name.brand)
        yield from list(house.sounds)[:1]
    else:
        yield row.name
        yield from phone_keys(row.mobile)


def _typed_row(noun: str, typed: Mapping[str, str]) -> CustomerRow | ContactRow:
    kind = CustomerRow if noun == "customer" else ContactRow
    return kind(**{name: typed.get(name, "") for name in kind._fields})


def _compared(store: Store, row: CustomerRow | ContactRow, ids: Collection[str]) -> list[Twin]:
    """These records by how alike they are, the likeliest first."""
    found = []
    if isinstance(row, CustomerRow):
        house = company(row)
        for one in query.customers(store, ids):
            alike = companies_alike(house, company(one), edits)
            found.append(Twin(one.id, one.name, one.region, alike.reasons, alike.score))
    else:
        somebody = person(row)
        for other in query.contacts(store, ids):
            alike = people_alike(somebody, person(other), edits)
            found.append(Twin(other.id, other.name, other.customer, alike.reasons, alike.score))
    return sorted(found, key=lambda one: -one.score)


def compare(store: Store, noun: str, one: str, other: str) -> Likeness | None:
    """How alike two live records are; None if one is gone."""
    if noun == "customer":
        houses = [company(row) for row in query.customers(store, (one, other))]
        return companies_alike(houses[0], houses[1], edits) if len(houses) == 2 else None
    people = [person(row) for row in query.contacts(store, (one, other))]
    return people_alike(people[0], people[1], edits) if len(people) == 2 else None


def edits(one: str, other: str) -> int:
    """How many slips of the finger lie between two texts: a sign left out, added, or exchanged."""
    return OSA.distance(one, other, score_cutoff=2)


def company(row: CustomerRow) -> Company:
    """What a customer is compared by."""
    region = fold(row.region)
    name = taken_apart(fold(row.name), region)
    short = taken_apart(fold(row.short_name), region) if row.short_name else None
    return Company(
        id=row.id,
        name=name,
        sounds=_sounds(name.core, person=False),
        short=short.core if short else "",
        place=name.place.joined(place_of(region)),
        phones=frozenset(phone_keys(row.phone)),
        email=fold(row.email).strip(),
        website=_SITE.sub(r"\1", fold(row.website).strip()),
        address="".join(fold(row.address).split()),
        own_id=fold(row.own_id).strip(),
        above=row.parent_id or "",
    )


def person(row: ContactRow) -> Person:
    """What a contact is compared by."""
    name = person_taken_apart(fold(row.name))
    numbers = frozenset(
        phone_keys(row.mobile, extensions=True) + phone_keys(row.phone, extensions=True)
    )
    mobiles = frozenset(one for one in numbers if len(one) == 11 and one.startswith("1"))
    if name.latin:
        words = name.full.split()
        sounds = frozenset({"".join(words), "".join(words[::-1]), name.given})
    else:
        sounds = _sounds(name.full, person=True)
    return Person(
        id=row.id,
        name=name,
        sounds=sounds,
        house=row.customer_id or "",
        mobiles=mobiles,
        phones=numbers - mobiles,
        email=fold(row.email).strip(),
        messenger=fold(row.messenger).strip(),
        birthday=row.birthday,
        gender=row.gender,
        title=fold(row.title).strip() or name.title,
    )


def _sounds(text: str, *, person: bool) -> frozenset[str]:
    if not text or not all(map(is_han, text)):
        return frozenset((text,)) if text.isascii() and text else frozenset()
    return frozenset("".join(said) for said in readings(text, person=person))


def _company_keys(one: Company) -> Iterator[_Key]:
    for phone in one.phones:
        yield f"p{phone}", False
    for sign, told in (("e", one.email), ("o", one.own_id)):
        if told:
            yield sign + told, False
    name = one.name
    for sound in one.sounds:
        yield f"s{name.unit}{sound}", False
    if name.unit:  # a bank has a thousand branches
        yield f"w{name.whole}", False
        return
    core = name.core
    yield f"c{core}", False
    if one.short:
        yield f"c{one.short}", False
    if name.trade and len(name.brand) > 1:
        yield f"c{name.brand}", True
    if _SHORTEST < len(core) <= _LONGEST:
        yield f"c{core[:_SHORTEST]}", True
    yield from _slips(core)
    if len(core) >= _SHORTEST and not core.isascii():
        yield f"c{core[::2]}", True


def _slips(text: str) -> Iterator[_Key]:
    """What is left of a text without each of its signs: one slip apart, two texts share one."""
    if _SHORTEST <= len(text) <= _LONGEST:
        yield f"d{text}", False
        for at in range(len(text)):
            yield f"d{text[:at]}{text[at + 1 :]}", False


def _person_keys(one: Person) -> Iterator[_Key]:
    for number in one.mobiles | one.phones:
        yield f"p{number}", False
    for sign, told in (("e", one.email), ("m", one.messenger)):
        if told:
            yield sign + told, False
    for sound in one.sounds:
        yield f"s{one.house}{sound}", False
        if one.birthday:
            yield f"b{one.birthday}{sound}", False
    yield f"n{one.house}{one.name.full}", False


def _watched(records: Iterable[_Fact], watch: Watch, total: int) -> list[_Fact]:
    found: list[_Fact] = []
    for record in records:
        if len(found) % _TOLD_EACH == 0:
            watch(len(found), total)
        found.append(record)
    return found


def _meetings(
    records: Sequence[_Fact],
    keys: Callable[[_Fact], Iterator[_Key]],
    alike: Callable[[_Fact, _Fact, Edits], Likeness],
    watch: Watch,
    total: int,
) -> Iterator[tuple[str, str, Likeness]]:
    """The pairs that share a key and are alike."""
    done = len(records)
    pairs = sorted(_sharing(records, keys))
    for place, pair in enumerate(pairs):
        if place % _TOLD_EACH == 0:
            watch(done + 2 * done * place // len(pairs), total)
        one, other = records[pair >> 24], records[pair & _INDEX]
        likeness = alike(one, other, edits)
        if likeness.score >= SHOWN:
            yield one.id, other.id, likeness


def _sharing(records: Sequence[_Fact], keys: Callable[[_Fact], Iterator[_Key]]) -> set[int]:
    """Pairs of places as numbers. Keys stand as numbers, too: there are a million of them, and one
    that is taken for another costs no more than a comparison.
    """
    held = sorted(
        (hash(key) & 0x7FFFFFFFFF) << 25 | place << 1 | weak
        for place, record in enumerate(records)
        for key, weak in keys(record)
    )
    pairs: set[int] = set()
    begin = 0
    for end in range(1, len(held) + 1):
        if end < len(held) and held[end] >> 25 == held[begin] >> 25:
            continue
        if end - begin > 1:
            _pair(held[begin:end], pairs)
        begin = end
    return pairs


def _pair(crowd: list[int], pairs: set[int]) -> None:
    """Puts the pairs of those that share a key to the others."""
    width = len(crowd) if len(crowd) <= _CROWD else _CROWD // 4
    for at, one in enumerate(crowd):
        for other in crowd[at + 1 : at + width]:
            first, second = one >> 1 & _INDEX, other >> 1 & _INDEX
            if first != second and not (one & other & 1):
                pairs.add(min(first, second) << 24 | max(first, second))
