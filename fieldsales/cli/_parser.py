"""Arguments: the options every command has, and argparse speaking the user's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
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
        self._words = words

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
                message = self._words(key, **found.groupdict())
                break
        self.exit(2, f"{self.format_usage()}{message}\n")


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str, *, words: Words) -> None:
        super().__init__(prog, max_help_position=30)
        self._words = words

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or self._words("usage.usage"))

    def start_section(self, heading: str | None) -> None:
        key = _HEADINGS.get(heading or "", heading or "")
        super().start_section(self._words(key) if self._words.has(key) else heading)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        key = action.help or ""
        text = self._words(key) if self._words.has(key) else action.help
        return text and text.replace("%", "%%")  # argparse fills in what stands behind one


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
