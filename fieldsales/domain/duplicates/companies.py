"""Whether two customers are the same house, by their names and what can be compared beside them."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.duplicates.company_name import CompanyName, Place
from fieldsales.domain.duplicates.likeness import Edits, Likeness, weighed

_NOWHERE = Place()
_DOUBTFUL = 0.4


@dataclass(frozen=True, slots=True)
class Company:
    """What a customer is compared by; texts are folded.

    `sounds`: how the core of the name may be read, in pinyin. `short`: the core of the short name.
    `place`: by name, region and address. `phones` are digits, `above` is the id of the parent.
    """

    id: str
    name: CompanyName
    sounds: frozenset[str] = frozenset()
    short: str = ""
    place: Place = _NOWHERE
    phones: frozenset[str] = frozenset()
    email: str = ""
    website: str = ""
    address: str = ""
    own_id: str = ""
    above: str = ""


def companies_alike(one: Company, other: Company, edits: Edits) -> Likeness:
    """How alike two customers are; 0 where something tells them apart, whatever they share."""
    named, why = (0.0, "") if _are_two(one, other) else _names(one, other, edits)
    if one.place.apart_from(other.place):
        named *= 0.5
    elif why != "name_typo" and named >= 0.5 and one.place.meets(other.place):
        named += (1 - named) * 0.25
    beside = {}
    if one.phones & other.phones:
        beside["phone"] = 0.6
    elif why == "name_sound" and one.phones and other.phones:
        named *= 0.7  # a slip of the input method, or two of the many that sound alike
    for code, weight in (("email", 0.5), ("own_id", 0.7), ("website", 0.35), ("address", 0.35)):
        told = getattr(one, code)
        if told and told == getattr(other, code):
            beside[code] = weight
    # names that speak against it are not outweighed: sisters share a telephone
    most = 1.0 if named >= _DOUBTFUL else _DOUBTFUL if named else 0.0
    return weighed(named, why, beside, most)


def _are_two(one: Company, other: Company) -> bool:
    """Whether they are told to be two: parent and child, or by other places, numbers, parts."""
    if (one.id and one.id == other.above) or (other.id and other.id == one.above):
        return True
    first, second = one.name, other.name
    if first.numbers != second.numbers or first.unit != second.unit:
        return first.whole != second.whole
    return first.place.apart_from(second.place) or {first.group, second.group} == {"head", "member"}


def _names(one: Company, other: Company, edits: Edits) -> tuple[float, str]:
    """How alike the names are, 0 … 1, and in what."""
    first, second = one.name, other.name
    named, why = _cores(one, other, edits)
    if why != "name_brand" and (
        (one.short and one.short in (other.short, second.core))
        or (other.short and other.short == first.core)
    ):
        named, why = max((named, why), (0.75, "name_short"))
    if first.kind != second.kind and first.whole != second.whole:
        # a shop and a company, a factory and a co-operative
        bare = (first.kind or second.kind) if not (first.kind and second.kind) else ""
        house = second if first.kind else first
        named *= 0.8 if bare and not house.company else 0.5
    if first.unit and named < 0.75:
        return 0.0, ""  # of parts of a house only the same name is the same
    return named, why


def _cores(one: Company, other: Company, edits: Edits) -> tuple[float, str]:
    first, second = one.name, other.name
    core, beside = sorted((first.core, second.core), key=len)
    if not core:
        return 0.0, ""
    if core == beside or first.whole == second.whole:
        full = len(core) > 2 or first.kind or first.unit or core.isascii()
        return (0.93 if full else 0.8), "name"
    if one.sounds & other.sounds:
        latin = first.brand.isascii() != second.brand.isascii()
        return (0.62 if latin or len(core) < 3 else 0.84), "name_sound"
    if first.brand == second.brand and first.trade and second.trade:
        return (0.72, "name_part") if beside.startswith(core) else (0.35, "name_brand")
    leftover = beside.removesuffix(core)
    if leftover != beside and leftover.rstrip("县市区镇乡") in (
        *one.place,
        *other.place,
    ):
        return 0.88, "name"
    if beside.startswith(core):
        if len(core) >= 4:
            return 0.72, "name_part"
        heads = first.group == second.group == "head"
        return (0.65 if heads else 0.55 if len(core) > 2 else 0.5), "name_part"
    if len(beside) >= 4 and len(core) >= 3 and edits(core, beside) == 1:
        if first.brand == second.brand:
            return 0.45, "name_typo"
        if core.isascii() and len(core) >= 8:
            return 0.66, "name_typo"
        return 0.5, "name_typo"
    if _shortened(core, beside):
        return 0.5, "name_abbreviated"
    return 0.0, ""


def _shortened(core: str, whole: str) -> bool:
    """Whether one is the other's initials, so to say: 石化 of 石油化工."""
    if core.isascii() or not 2 <= len(core) < len(whole) or core[0] != whole[0]:
        return False
    rest = iter(whole)
    return all(sign in rest for sign in core)
