"""What the palette finds: things by the search index, commands by their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fieldsales.cli.search import subtitle
from fieldsales.screens.contract import Command, Context
from fieldsales.store.queries.hits import Hit, hits
from fieldsales.store.search import fold, sort_key

_MOST = 30
_ICONS = {"customer": "building", "contact": "person", "deal": "funnel", "visit": "visit"}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the palette and what picking it does."""

    title: str
    subtitle: str
    icon: str
    aside: str
    follow: Callable[[], object]
    spans: Sequence[tuple[int, int]] = ()


def find(context: Context, commands: Sequence[Command], text: str) -> list[Item]:
    """Commands only after `>`; without text the commands, else things and then commands."""
    asked = text.strip()
    if asked.startswith(">"):
        return _commands(commands, asked[1:].strip())
    if not asked:
        return _commands(commands, "")
    things = [_thing(context, hit) for hit in hits(context.store, asked, _MOST)]
    return things + _commands(commands, asked)


def _thing(context: Context, hit: Hit) -> Item:
    return Item(
        title=hit.title,
        subtitle=subtitle(hit, context.words),
        icon=_ICONS[hit.kind],
        aside=context.words(f"noun.{hit.kind}"),
        follow=lambda: context.open(hit.kind, hit.id),
    )


def _commands(commands: Sequence[Command], asked: str) -> list[Item]:
    """Commands whose words, pinyin or initials hold what was asked."""
    wanted = fold(asked).replace(" ", "")
    return [
        Item(command.title, "", command.icon, command.shortcut, command.act)
        for command in commands
        if wanted in fold(command.title).replace(" ", "") or wanted in _spelt(command.title)
    ]


def _spelt(title: str) -> str:
    """Pinyin joined, a bar, and its initials."""
    syllables = sort_key(title).partition("\t")[0].split()
    return f"{''.join(syllables)}|{''.join(said[0] for said in syllables)}"
