"""The chips above the board: what each says, and the menu that adds and changes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtWidgets import QMenu

from fieldsales.domain.customer import HORIZONS, IMPORTANCES
from fieldsales.store.database import Store
from fieldsales.store.queries import customers
from fieldsales.store.queries.deals import DealFilter, values_in_use
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.menus import tick
from fieldsales.words import Words

_ORDER = (
    "stuck",
    "no_next_step",
    "snoozed",
    "close",
    "sellers",
    "products",
    "horizons",
    "importances",
    "sources",
    "tags",
)
_FLAGS = ("stuck", "no_next_step", "snoozed")
_CHOICES = {"horizons": "horizon", "importances": "importance", "sources": "source"}
_CODES = {"horizons": HORIZONS, "importances": IMPORTANCES}
_COLUMNS = {"sellers": "seller", "products": "product", "sources": "source"}
_PERIODS = (30, 90, 180)
_MOST_NAMED = 2
_MOST_OFFERED = 40

Apply = Callable[[DealFilter], None]


def chips(words: Words, wanted: DealFilter) -> list[tuple[str, ChipFace]]:
    """(condition, face) of each condition that is set, in a lasting order."""
    return [(key, _face(words, key, wanted)) for key in _ORDER if _is_set(wanted, key)]


def without(wanted: DealFilter, key: str) -> DealFilter:
    """The filter with one condition taken away."""
    if key == "close":
        return replace(wanted, close_from="", close_to="")
    return wanted.changed(key, getattr(DealFilter(), key))


def cleared(wanted: DealFilter) -> DealFilter:
    """The filter without any of the chips; pipeline and ends stay."""
    for key in _ORDER:
        wanted = without(wanted, key)
    return wanted


def fill_menu(
    menu: QMenu, words: Words, store: Store, wanted: DealFilter, apply: Apply, today: date
) -> None:
    """Every condition that can be added or changed."""
    menu.clear()
    for key in _ORDER:
        if key in _FLAGS:
            on = bool(getattr(wanted, key))
            change = without(wanted, key) if on else wanted.changed(key, True)
            tick(menu, words(f"funnel.by_{key}"), on, _applier(apply, change))
            continue
        inner = menu.addMenu(words(f"funnel.by_{key}"))
        fill_condition(inner, words, store, wanted, key, apply, today)
        inner.menuAction().setVisible(bool(inner.actions()))


def fill_condition(
    menu: QMenu,
    words: Words,
    store: Store,
    wanted: DealFilter,
    key: str,
    apply: Apply,
    today: date,
) -> None:
    """The values of one condition, those that are set ticked."""
    menu.clear()
    if key in _FLAGS:
        action = menu.addAction(words("widgets.remove_filter"))
        action.triggered.connect(_applier(apply, without(wanted, key)))
        return
    if key == "close":
        _fill_close(menu, words, wanted, apply, today)
        return
    chosen: tuple[str, ...] = getattr(wanted, key)
    for value in dict.fromkeys((*_offered(store, key), *chosen)):
        rest = tuple(one for one in chosen if one != value)
        change = wanted.changed(key, rest if value in chosen else (*chosen, value))
        tick(menu, _named(words, key, value), value in chosen, _applier(apply, change))


def _fill_close(menu: QMenu, words: Words, wanted: DealFilter, apply: Apply, today: date) -> None:
    first = today.isoformat()
    passed = (today - timedelta(days=1)).isoformat()
    ranges = [("", passed, words("funnel.close_passed"))]
    ranges += [
        (first, (today + timedelta(days=days)).isoformat(), words("funnel.close_within", n=days))
        for days in _PERIODS
    ]
    for low, high, text in ranges:
        same = (wanted.close_from, wanted.close_to) == (low, high)
        change = replace(wanted, close_from=low, close_to=high)
        tick(menu, text, same, _applier(apply, without(wanted, "close") if same else change))


def _offered(store: Store, key: str) -> Iterable[str]:
    if key == "tags":
        return customers.tags_in_use(store)[:_MOST_OFFERED]
    if key in _COLUMNS:
        return values_in_use(store, _COLUMNS[key])[:_MOST_OFFERED]
    return _CODES[key]


def _applier(apply: Apply, change: DealFilter) -> Callable[[], None]:
    def act() -> None:
        apply(change)

    return act


def _is_set(wanted: DealFilter, key: str) -> bool:
    if key == "close":
        return bool(wanted.close_from or wanted.close_to)
    return bool(getattr(wanted, key) != getattr(DealFilter(), key))


def _named(words: Words, key: str, value: str) -> str:
    return words.choice(_CHOICES[key], value) if key in _CHOICES else value


def _face(words: Words, key: str, wanted: DealFilter) -> ChipFace:
    if key in _FLAGS:
        return ChipFace(words(f"funnel.by_{key}"), "warn")
    if key == "close":
        if not wanted.close_from:
            return ChipFace(words("funnel.close_passed"), "warn")
        last = date.fromisoformat(wanted.close_to)
        return ChipFace(words("funnel.close_until", day=words.date(last)), "accent", "calendar")
    names = [_named(words, key, one) for one in getattr(wanted, key)]
    text = words("filter.or").join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        text = words("filter.more", text=text, n=len(names) - _MOST_NAMED)
    values = words("filter.or").join(names)
    tip = words("filter.tip", name=words(f"funnel.by_{key}"), values=values)
    return ChipFace(text, "accent", "tag" if key == "tags" else "", tip)
