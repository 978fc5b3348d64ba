"""What a command prints: sentences for people, or with `--json` one object for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from fieldsales.errors import EnvironmentProblem, Told
from fieldsales.words import Words

DONE = 0
REFUSED = 1  # bad input, nothing changed
WRONG_USAGE = 2
DAMAGED = 3  # the file is damaged or locked, the disk is full, …
BUG = 70


class Output:
    """Where a command's words go: results to stdout, reasons and progress to stderr."""

    def __init__(self, words: Words, *, as_json: bool = False) -> None:
        self.words = words
        self.as_json = as_json
        self._told = False

    def say(self, text: str) -> None:
        """A line for a person; nothing with `--json`."""
        if not self.as_json:
            print(text)

    def note(self, text: str) -> None:
        """A reason, a warning or a sign of progress."""
        print(text, file=sys.stderr)

    def result(self, value: Mapping[str, object]) -> None:
        """The object that `--json` promises, once a run; nothing without it."""
        if not self.as_json:
            return
        if self._told:
            raise RuntimeError("one run gives one result")
        self._told = True
        print(json.dumps(value, ensure_ascii=False, default=str))

    def refuse(self, trouble: Told) -> int:
        """Says why nothing came of it; returns the exit code."""
        sentence = self.words(trouble.code, **trouble.params)
        self.note(sentence)
        if not self._told:
            self.result({"error": {"code": trouble.code, "reason": sentence}})
        return DAMAGED if isinstance(trouble, EnvironmentProblem) else REFUSED


def settle_streams() -> None:
    """UTF-8 whatever the terminal says, and no crash over half a character in a file name."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not in a test's capture, nor in a windowed program
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
