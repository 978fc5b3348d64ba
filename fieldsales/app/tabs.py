"""The tabs there are, found by walking `screens`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from fieldsales import screens
from fieldsales.discover import modules
from fieldsales.screens.contract import Context, Screen, Tab


@dataclass(frozen=True, slots=True)
class Found:
    """A tab and what builds its page."""

    name: str
    tab: Tab
    build: Callable[[Context], Screen]


@cache
def tabs() -> list[Found]:
    """All tabs in the order of the rail."""
    found = [
        Found(module.__name__.rpartition(".")[2], module.TAB, module.build)
        for module in modules(screens, folders=True)
    ]
    return sorted(found, key=lambda one: (one.tab.place != "top", one.tab.order))
