"""What the palette finds: things by the search index, commands by their words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fieldsales.cli.search import subtitle
from fieldsales.screens.contract import Command, Context
from fieldsales.store.queries.hits import Hit, hits, phone
from fieldsales.store.search import fold, sort_key
from fieldsales.words import catalogue

_MOST = 30
_DIGITS = 3  # that make a piece of a number
_ICONS = {
    "customer": "building",
    "contact": "person",
    "deal": "funnel",
    "visit": "visit",
    "product": "cart",
    "worksheet": "pitch",
    "own_entry": "objection",
    "checklist": "check",
    "checklist_result": "check",
    "attachment": "attach",
    "campaign": "message",
    "preference": "gift",
    "interaction": "message",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the palette and what picking it does."""

    title: str
    subtitle: str
    icon: str
    aside: str
    follow: Callable[[], object]
    spans: Sequence[tuple[int, int]] = ()


def find(
    context: Context, commands: Sequence[Command], text: str, opened: Collection[str]
) -> list[Item]:
    """Commands only after `>`; without text the commands, else things and then commands.

    `opened`: kinds of things that a tab shows; others are not offered.
    """
    asked, language = text.strip(), context.words.language
    if asked.startswith(">"):
        return _commands(commands, asked[1:].strip(), language)
    if not asked:
        return _commands(commands, "", language)
    found = hits(context.store, asked, _MOST)
    things = [_thing(context, hit, asked) for hit in found if hit.kind in opened]
    return things + _commands(commands, asked, language)


def _thing(context: Context, hit: Hit, asked: str) -> Item:
    """A hit; who typed digits sees the number in which they stand."""
    digits = "".join(filter(str.isdecimal, asked))
    found = phone(context.store, hit, digits) if len(digits) >= _DIGITS else ""
    below = subtitle(hit, context.words)
    return Item(
        title=hit.title,
        subtitle=" · ".join(filter(None, ("" if found in below else found, below))),
        icon=_ICONS[hit.kind],
        aside=context.words(f"noun.{hit.kind}"),
        follow=lambda: context.open(hit.kind, hit.id),
    )


def _commands(commands: Sequence[Command], asked: str, language: str) -> list[Item]:
    """Commands whose words, here or in English, pinyin or initials hold what was asked."""
    wanted = fold(asked).replace(" ", "")
    english = _english(language)
    return [
        Item(command.title, "", command.icon, command.shortcut, command.act)
        for command in commands
        if any(
            wanted in fold(known).replace(" ", "")
            for known in (command.title, english.get(command.title, ""))
        )
        or wanted in _spelt(command.title)
    ]


@cache
def _english(language: str) -> Mapping[str, str]:
    """A sentence without its mnemonic -> the same in English."""
    return {
        entry.get(language, "").replace("&", ""): entry["en"].replace("&", "")
        for entry in catalogue().values()
    }


def _spelt(title: str) -> str:
    """Pinyin joined, a bar, and its initials."""
    syllables = sort_key(title).partition("\t")[0].split()
    return f"{''.join(syllables)}|{''.join(said[0] for said in syllables)}"
