"""The chips above the list: what each says, and the menu that adds and changes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QMenu

from fieldsales.domain.customer import (
    HORIZONS,
    IMPORTANCES,
    INDUSTRIES,
    SOURCES,
)
from fieldsales.domain.portfolio import CLASSES, IMPORTANCE
from fieldsales.store.database import Store
from fieldsales.store.queries import customers
from fieldsales.store.queries.customer_filter import ALL_CUSTOMERS, SIZE_BOUNDS, CustomerFilter
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.menus import tick
from fieldsales.words import Words

# condition -> name of its list of choices
_CHOICES = {
    "horizons": "horizon",
    "importances": "importance",
    "size_classes": "size_class",
    "sources": "source",
    "industries": "industry",
    **{method: method for method in CLASSES if method != IMPORTANCE},
}
_CODES = {
    "horizons": HORIZONS,
    "importances": IMPORTANCES,
    "size_classes": (*SIZE_BOUNDS, "unknown"),
    "sources": SOURCES,
    "industries": INDUSTRIES,
    **{method: codes for method, codes in CLASSES.items() if method != IMPORTANCE},
}
_STEPS = {
    "not_seen_days": (7, 14, 30, 60, 90, 180, 365),
    "seen_days": (7, 14, 30, 90),
    "completeness_below": (30, 50, 80, 100),
}
_FLAGS = ("due", "complaint", "pinned", "special_policy")
_FLAG_TONES = {"due": "warn", "complaint": "bad"}
_ONLY_SET = ("imported",)  # by where the user came from, not in the menu
_CLASSES = (*(name for name in CLASSES if name != IMPORTANCE), "pinned", "special_policy")
_ORDER = (
    "due",
    "not_seen_days",
    "seen_days",
    "horizons",
    "importances",
    *_CLASSES,
    "tags",
    "regions",
    "size_classes",
    "industries",
    "sources",
    "completeness_below",
    "complaint",
    "imported",
)
_MOST_NAMED = 2  # values a chip names before it counts them
_MOST_OFFERED = 40

Apply = Callable[[CustomerFilter], None]


def chips(words: Words, wanted: CustomerFilter) -> list[tuple[str, ChipFace]]:
    """(condition, face) of each condition that is set, in a lasting order."""
    return [
        (key, _face(words, key, getattr(wanted, key))) for key in _ORDER if _is_set(wanted, key)
    ]


def without(wanted: CustomerFilter, key: str) -> CustomerFilter:
    """The filter with one condition taken away."""
    return wanted.changed(key, getattr(ALL_CUSTOMERS, key))


def fill_menu(
    menu: QMenu, words: Words, store: Store, wanted: CustomerFilter, apply: Apply
) -> None:
    """Every condition that can be added or changed."""
    menu.clear()
    classes: QMenu | None = None
    for key in _ORDER:
        if key in _ONLY_SET:
            continue
        place = menu
        if key in _CLASSES:
            classes = classes or menu.addMenu(words("filter.classes"))
            place = classes
        if key in _FLAGS:
            on = bool(getattr(wanted, key))
            change = wanted.changed(key, not on)
            tick(place, words(f"filter.by_{key}"), on, _applier(apply, change))
            continue
        inner = place.addMenu(words(f"filter.by_{key}"))
        fill_condition(inner, words, store, wanted, key, apply)
        inner.menuAction().setVisible(bool(inner.actions()))


def fill_condition(
    menu: QMenu, words: Words, store: Store, wanted: CustomerFilter, key: str, apply: Apply
) -> None:
    """The values of one condition, those that are set ticked."""
    menu.clear()
    if key in (*_FLAGS, *_ONLY_SET):
        action = menu.addAction(words("widgets.remove_filter"))
        action.triggered.connect(_applier(apply, without(wanted, key)))
        return
    if key in _STEPS:
        for step in _STEPS[key]:
            same = getattr(wanted, key) == step
            change = wanted.changed(key, None if same else step)
            tick(menu, words(f"filter.is_{key}", n=step), same, _applier(apply, change))
        return
    chosen: tuple[str, ...] = getattr(wanted, key)
    for value in dict.fromkeys((*_offered(store, key), *chosen)):
        rest = tuple(one for one in chosen if one != value)
        change = wanted.changed(key, rest if value in chosen else (*chosen, value))
        tick(menu, _named(words, key, value), value in chosen, _applier(apply, change))


def _offered(store: Store, key: str) -> Iterable[str]:
    if key == "tags":
        return customers.tags_in_use(store)[:_MOST_OFFERED]
    if key == "regions":
        return customers.values_in_use(store, "region")[:_MOST_OFFERED]
    if key in ("sources", "industries"):
        # the lists are open: what the user has added comes after the known ones
        used = customers.values_in_use(store, "source" if key == "sources" else "industry")
        return (*(code for code in _CODES[key] if code in used), *used)
    return _CODES[key]


def _applier(apply: Apply, change: CustomerFilter) -> Callable[[], None]:
    def act() -> None:
        apply(change)

    return act


def _is_set(wanted: CustomerFilter, key: str) -> bool:
    return bool(getattr(wanted, key) != getattr(ALL_CUSTOMERS, key))


def _named(words: Words, key: str, value: str) -> str:
    return words.choice(_CHOICES[key], value) if key in _CHOICES else value


def _face(words: Words, key: str, value: object) -> ChipFace:
    if key in _FLAGS:
        return ChipFace(words(f"filter.by_{key}"), _FLAG_TONES.get(key, "accent"))
    if key in _ONLY_SET:
        return ChipFace(words(f"filter.by_{key}"), "accent")
    if key in _STEPS:
        return ChipFace(words(f"filter.is_{key}", n=value), "accent")
    names = [_named(words, key, one) for one in value] if isinstance(value, tuple) else []
    text = words("filter.or").join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        text = words("filter.more", text=text, n=len(names) - _MOST_NAMED)
    icon = "tag" if key == "tags" else "location" if key == "regions" else ""
    name = words(f"filter.by_{key}")
    tip = words("filter.tip", name=name, values=words("filter.or").join(names))
    return ChipFace(words("filter.tip", name=name, values=text), "accent", icon, tip)
