"""A person's name as address books want it, in two parts."""

from __future__ import annotations

import re
from functools import cache

from fieldsales.resources import read_toml

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{2,6}")


def name_parts(name: str) -> tuple[str, str]:
    """Surname and given name: a Chinese name is parted, of any other the whole is the given name,
    as nobody can know which word is which.
    """
    if not _CHINESE.fullmatch(name):
        return "", name
    at = 2 if len(name) > 2 and name[:2] in _double_surnames() else 1
    return name[:at], name[at:]


@cache
def _double_surnames() -> frozenset[str]:
    return frozenset(read_toml("surnames.toml")["double"])
