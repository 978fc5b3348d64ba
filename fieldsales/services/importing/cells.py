"""Turns what a cell holds into the text a person sees in it."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from fieldsales.services.importing.sheet import Notes

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number


def clean(text: str, notes: Notes, row: int) -> str:
    """Text without control characters and outer blanks, each line break one newline."""
    if text.isprintable():
        return text.strip()
    if _CONTROLS.search(text):
        notes.add("control_characters", row)
        text = _CONTROLS.sub("", text)
    if _SURROGATES.search(text):
        notes.add("replaced", row)
        text = _SURROGATES.sub("\ufffd", text)
    return _BREAKS.sub("\n", _INVISIBLE.sub("", text)).strip()


def number_text(value: float, notes: Notes, row: int) -> str:
    """A number as typed: 13800138000.0 as `13800138000`, 0.1 + 0.2 as `0.3`."""
    if not math.isfinite(value):
        return ""
    if value == int(value):
        if abs(value) >= _EXACT:
            notes.add("long_number", row)
            return f"{Decimal(f'{value:.15g}'):f}"
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"


def moment_text(value: date | time | timedelta) -> str:
    """ISO date; with the time of day only if there is one. A duration counts hours: `26:30`."""
    if isinstance(value, datetime):
        if not (value.hour or value.minute or value.second):
            return value.date().isoformat()
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    minutes, seconds = divmod(round(abs(value.total_seconds())), 60)
    sign = "-" if value.total_seconds() < 0 else ""
    text = f"{sign}{minutes // 60}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


_LITERALS = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].')
_PERCENT = re.compile(r"#*0+(?:\.(0+))?%")
_DIGITS = re.compile(r"[#0][#0 ()\-/\ue000-\uf8ff]*")


class NumberFormat:
    """A spreadsheet's number format, as far as it changes what a person reads off a number:
    percent, leading zeros and digits in groups (`00000`, `000-0000-0000`, `"No. "000`).
    """

    def __init__(self, code: str) -> None:
        self._literals: list[str] = []
        plain = _LITERALS.sub(self._keep, code.split(";", maxsplit=1)[0]).strip()
        percent = _PERCENT.fullmatch(plain)
        self._decimals = len(percent.group(1) or "") if percent else None
        stripped = plain.lstrip("".join(map(chr, range(0xE000, 0xE000 + len(self._literals)))))
        self._pattern = plain
        self.matters = percent is not None or (
            "0" in plain
            and _DIGITS.fullmatch(stripped) is not None
            and (len(stripped) > 1 or plain != stripped)
        )

    def _keep(self, match: re.Match[str]) -> str:
        literal = match.group(1) or match.group(2) or ""
        if not literal:
            return ""
        self._literals.append(literal)
        return chr(0xE000 + len(self._literals) - 1)

    def text(self, value: float) -> str | None:
        """The number in this format; None if the format has nothing to say about it."""
        if self._decimals is not None:
            return f"{Decimal(f'{value * 100:.12g}'):.{self._decimals}f}%"
        if value < 0 or value != int(value) or value >= _EXACT:
            return None
        digits = list(str(int(value)))
        out: list[str] = []
        pattern = self._pattern
        first = min((pattern.find(char) for char in "#0" if char in pattern), default=0)
        for index in range(len(pattern) - 1, -1, -1):
            char = pattern[index]
            if char in "#0":
                if digits:
                    out.append(digits.pop())
                elif char == "0":
                    out.append("0")
                if index == first:
                    out.extend(reversed(digits))
            elif "\ue000" <= char <= "\uf8ff":
                out.append(self._literals[ord(char) - 0xE000])
            else:
                out.append(char)
        return "".join(reversed(out))
