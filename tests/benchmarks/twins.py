"""Made-up customers and people of whom some are there twice, written otherwise; and who they are."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import opencc

from fieldsales.domain.ids import new_id
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.search import SearchRecord
from tests.benchmarks.search_bench import Territory

_ALIKE_SOUNDING = (
    "泰太",
    "源元",
    "利力",
    "丰峰",
    "华桦",
    "成诚",
    "达答",
    "金今",
    "润闰",
    "兴星",
    "鑫欣",
    "宏弘",
    "伟玮",
    "芳方",
    "军君",
)
_FORMS = ("有限责任公司", "股份有限公司", "集团有限公司", "有限公司")

Values = dict[str, object]
Pairs = frozenset[frozenset[str]]


@dataclass(frozen=True)
class AddTwins(Operation):
    """Adds customers, and a person at each; a share of them twice."""

    customers: tuple[Values, ...]
    people: tuple[Values, ...]

    def apply(self, writer: Writer) -> None:
        writer.insert_many("customer", self.customers)
        writer.insert_many("contact", self.people)


def twins(
    customers: int, share: float = 0.05, seed: int = 5
) -> tuple[AddTwins, Mapping[str, Pairs]]:
    """What to add, and by noun the pairs that are the same."""
    pick = random.Random(seed)
    territory = Territory(customers, seed)
    to_traditional = opencc.OpenCC("s2t").convert
    houses: list[Values] = []
    people: list[Values] = []
    same: dict[str, set[frozenset[str]]] = {"customer": set(), "contact": set()}
    met: set[str] = set()
    for record, worker in zip(territory.customers, territory.people, strict=False):
        if not _is_new(record, met) or not _is_new(worker, met):
            continue
        house: Values = {
            "id": record.row_id,
            "name": record.names[0],
            "phone": record.phones[0],
            "own_id": record.ids[0],
            "address": record.text,
        }
        person: Values = {
            "id": worker.row_id,
            "customer_id": record.row_id,
            "name": worker.names[0],
            "mobile": worker.phones[0],
            "email": worker.ids[0],
        }
        houses.append(house)
        people.append(person)
        if pick.random() < share:
            other = _otherwise(house, _HOUSES, pick, to_traditional)
            houses.append(other)
            same["customer"].add(frozenset((record.row_id, str(other["id"]))))
        if pick.random() < share:
            other = _otherwise(person, _PEOPLE, pick, to_traditional)
            people.append(other)
            same["contact"].add(frozenset((worker.row_id, str(other["id"]))))
    answers = {noun: frozenset(pairs) for noun, pairs in same.items()}
    return AddTwins(tuple(houses), tuple(people)), answers


def _is_new(record: SearchRecord, met: set[str]) -> bool:
    """Whether chance has made nobody before whom people would take for the same."""
    name, *short = record.names
    told = [record.ids[0]]
    if short:
        # where it is does not count: a province may be where a city is, and no place anywhere
        _, _, rest = name.partition(short[0])
        told = [short[0] + re.sub("(?:股份|集团)?(?:有限)?(?:责任)?(?:公司)?$", "", rest)]
    if any(one in met for one in told):
        return False
    met.update(told)
    return True


_Way = Callable[[str, random.Random], str]


def _other_form(name: str, pick: random.Random) -> str:
    for form in _FORMS:
        if name.endswith(form):
            return name.removesuffix(form) + pick.choice(
                ["", *(one for one in _FORMS if one != form)]
            )
    return name


def _other_sound(name: str, pick: random.Random) -> str:
    there = [pair for pair in _ALIKE_SOUNDING if pair[0] in name or pair[1] in name]
    if not there:
        return _other_form(name, pick)
    one, other = pick.choice(there)
    return name.translate(str.maketrans({one: other, other: one}))


def _slip(name: str, pick: random.Random) -> str:
    at = pick.randrange(len(name))
    return name[:at] + name[at + 1 :]


def _blank(name: str, pick: random.Random) -> str:
    at = pick.randrange(1, len(name))
    return f"{name[:at]} {name[at:]}"


def _title(name: str, pick: random.Random) -> str:
    return name[0] + pick.choice(("总", "经理", "主任"))


_HOUSES: tuple[_Way, ...] = (_other_form, _other_form, _other_sound, _blank, _slip)
_PEOPLE: tuple[_Way, ...] = (_blank, _other_sound, _title)


def _otherwise(
    one: Values, ways: tuple[_Way, ...], pick: random.Random, to_traditional: Callable[[str], str]
) -> Values:
    """The same as somebody else wrote it: half the time with the number, by another hand."""
    name = str(one["name"])
    way = pick.choice((*ways, None))
    name = way(name, pick) if way else to_traditional(name)
    kept = "mobile" if "mobile" in one else "phone"
    number = str(one[kept])
    other: Values = {"id": new_id(), "name": name}
    if "customer_id" in one:
        other["customer_id"] = one["customer_id"]
    # who errs in the name, or leaves it out, is known by the number alone
    if way in (_slip, _title) or pick.random() < 0.5:
        other[kept] = pick.choice((f"+86 {number}", f"{number[:3]}-{number[3:7]}-{number[7:]}"))
    return other
