"""What a pitch, a proposal or a plan is asked (M22), and the signs by which it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from fieldsales.entries import Entry, entries
from fieldsales.methods.walk_around.rules import Taboo, Tag
from fieldsales.resources import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Entry):
    """A question of one quadrant, and how to mend the text where the answer is no."""

    quadrant: str
    question: str
    mend: str


@cache
def checks(language: str) -> Mapping[str, Check]:
    """The checks by code in a language of the window; the pseudo language has them in English."""
    return entries(Check, read_toml("methods", "walk_around", "checks.toml")["check"], language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Entry):
    """Why a sentence speaks to a quadrant; the codes are those of the rules' tags."""

    quadrant: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid(Entry):
    """What is better left unsaid, and what to say instead; the codes are those of the taboos."""

    text: str
    mend: str


@cache
def reasons(language: str) -> Mapping[str, Reason]:
    """The reasons for tags by code in a language of the window."""
    return entries(Reason, read_toml("methods", "walk_around", "tags.toml")["tag"], language)


@cache
def unsaid(language: str) -> Mapping[str, Unsaid]:
    """What the taboo check warns of, by code, in a language of the window."""
    return entries(Unsaid, read_toml("methods", "walk_around", "taboos.toml")["taboo"], language)


@cache
def tags(script: str) -> tuple[Tag, ...]:
    """The signs of the quadrants in texts of a script: zh (as simplified) | en."""
    return tuple(
        Tag(code=code, quadrant=code[0], weight=rule["weight"], sign=_pattern(rule["any"]))
        for code, rule in _rules(script)["tag"].items()
    )


@cache
def taboos(script: str, rivals: tuple[str, ...] = ()) -> tuple[Taboo, ...]:
    """What to warn of in texts of a script; `rivals` are named as they stand in the text."""
    return tuple(
        Taboo(
            code=code,
            sign=_pattern(rule["any"], rivals),
            near=_pattern(rule["near"]) if "near" in rule else None,
            unless=_pattern(rule["unless"]) if "unless" in rule else None,
            least=rule.get("least", 1),
        )
        for code, rule in _rules(script)["taboo"].items()
    )


def _rules(script: str) -> dict[str, Any]:
    return read_toml("methods", "walk_around", "rules", f"{script}.toml")


def _pattern(signs: Sequence[str], rivals: Sequence[str] = ()) -> re.Pattern[str]:
    named = "|".join(re.escape(name) for name in rivals) or "(?!)"  # nothing is found by (?!)
    every = "|".join(f"(?:{sign})" for sign in signs)
    return re.compile(every.replace("{rival}", named), re.IGNORECASE)
