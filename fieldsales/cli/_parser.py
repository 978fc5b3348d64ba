"""Arguments: the options every command has, and argparse speaking the user's language."""

from __future__ import annotations

import argparse
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

from fieldsales import __version__
from fieldsales.words import LANGUAGES, PSEUDO, Words

# argparse's own headings and complaints, and our words for them
_HEADINGS = {"positional arguments": "usage.arguments", "options": "usage.options"}
_COMPLAINTS = (
    (r"the following arguments are required: (?P<names>.+)", "usage.required"),
    (r"unrecognized arguments: (?P<given>.+)", "usage.unrecognized"),
    (r"argument (?P<name>.+?): expected .*argument", "usage.incomplete"),
    (
        r"argument (?P<name>.+?): invalid choice: (?P<given>.+) \(choose from (?P<choices>.+)\)",
        "usage.choice",
    ),
    (r"argument (?P<name>.+?): invalid .+ value: (?P<given>.+)", "usage.value"),
)
Rows = Iterable[tuple[str, str]]
_WITH_VALUE = ("--db", "--lang", "--today", "--password-file")


class _Languages(tuple[str, ...]):
    """The languages one is told of; the one for finding clipped labels is taken all the same."""

    __slots__ = ()

    def __contains__(self, code: object) -> bool:
        return code == PSEUDO or super().__contains__(code)


class Parser(argparse.ArgumentParser):
    """The arguments of one command, or of none; takes words keys as help and headings."""

    def __init__(self, prog: str, words: Words, description: str) -> None:
        super().__init__(
            prog=prog,
            description=words(description),
            add_help=False,
            allow_abbrev=False,
            formatter_class=partial(_Formatter, words=words),
        )
        self.words = words
        self._lists: list[tuple[str, Callable[[], Rows]]] = []

    def add_list(self, heading: str, rows: Callable[[], Rows]) -> None:
        """What there is to choose from, told at the end; `rows` are made when the help is."""
        self._lists.append((heading, rows))

    def format_help(self) -> str:
        parts = [super().format_help()]
        for key, rows in self._lists:
            heading = self.words("usage.heading", name=self.words(key))
            parts.append(f"\n{heading}\n{_table(rows())}")
        return "".join(parts)

    def add_global_options(self) -> None:
        """Last, so that a command's own options come first in its help."""
        group = self.add_argument_group("usage.everywhere")
        group.add_argument("--db", type=Path, metavar="FILE", help="usage.db")
        group.add_argument("--json", action="store_true", help="usage.json")
        shown = "|".join(LANGUAGES)
        group.add_argument(
            "--lang", choices=_Languages(LANGUAGES), metavar=shown, help="usage.lang"
        )
        group.add_argument(
            "--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="usage.today"
        )
        group.add_argument("--password-file", type=Path, metavar="FILE", help="usage.password_file")
        version = f"fieldsales {__version__}"
        group.add_argument("--version", action="version", version=version, help="usage.version")
        group.add_argument("-h", "--help", action="help", help="usage.help")

    def error(self, message: str) -> NoReturn:
        for pattern, key in _COMPLAINTS:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                message = self.words(key, **found.groupdict())
                break
        self.exit(2, f"{self.format_usage()}{message}\n")


class _Formatter(argparse.HelpFormatter):
    """argparse counts characters and parts at spaces: Chinese has none, and takes two columns."""

    def __init__(self, prog: str, *, words: Words) -> None:
        super().__init__(prog, max_help_position=30)
        self._words = words
        self._headings: list[str] = []

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or self._words("usage.usage"))

    def _format_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None,
    ) -> str:
        wider = _columns(prefix or "") - len(prefix or "")
        self._width -= wider
        text = super()._format_usage(usage, actions, groups, prefix)
        self._width += wider
        return text.replace("\n ", "\n " + " " * wider)

    def start_section(self, heading: str | None) -> None:
        key = _HEADINGS.get(heading or "", heading or "")
        said = self._words(key) if self._words.has(key) else key
        self._headings.append(said)
        super().start_section(said)

    def format_help(self) -> str:
        text = super().format_help()
        for heading in self._headings:
            with_colon = self._words("usage.heading", name=heading)
            text = text.replace(f"{heading}:\n", f"{with_colon}\n")
        return text

    def _split_lines(self, text: str, width: int) -> list[str]:
        return _lines(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in _lines(text, width - len(indent)))

    def _get_help_string(self, action: argparse.Action) -> str | None:
        key = action.help or ""
        text = self._words(key) if self._words.has(key) else action.help
        return text and text.replace("%", "%%")  # argparse fills in what stands behind one


def _columns(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _lines(text: str, room: int) -> list[str]:
    """A text in lines of so many columns, none of which begins with a comma."""
    from fieldsales.drawing.text import atoms  # only a help has to be wrapped

    lines = [""]
    for atom in atoms(text):
        if lines[-1] and _columns(lines[-1] + atom.rstrip()) > room:
            lines.append("")
        lines[-1] += atom
    return [line.rstrip() for line in lines]


def _table(rows: Rows) -> str:
    """Names and what they are, side by side."""
    listed = list(rows)
    wide = max(len(name) for name, _ in listed) + 4
    room = shutil.get_terminal_size().columns - 2 - wide
    lines = []
    for name, text in listed:
        first, *below = _lines(text, room)
        lines.append(f"{f'  {name}':<{wide}}{first}\n")
        lines += [f"{'':<{wide}}{line}\n" for line in below]
    return "".join(lines)


def split(given: list[str]) -> tuple[str | None, list[str], str | None]:
    """The command's name, everything else, and the language asked for, before any is checked."""
    command: str | None = None
    language: str | None = None
    rest: list[str] = []
    words = iter(given)
    for word in words:
        if command is None and not word.startswith("-"):
            command = word
            continue
        rest.append(word)
        value = word.partition("=")[2]
        if word in _WITH_VALUE:
            value = next(words, "")
            rest.extend([value] if value else [])
        if word.partition("=")[0] == "--lang":
            language = value
    return command, rest, language


def language_of(asked: str | None, environment: dict[str, str]) -> str:
    """The language asked for, or the terminal's; Simplified Chinese where neither says one."""
    if asked in (*LANGUAGES, PSEUDO):
        return asked
    locale = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)),
        "",
    )
    if re.match(r"zh[_-](tw|hk|mo|hant)", locale, re.IGNORECASE):
        return "zh_TW"
    return "en" if locale.startswith("en") else "zh_CN"
