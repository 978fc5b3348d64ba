"""The order in which Tab goes through a page: as it is read, whenever its parts were made."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QTableView, QWidget


def stops(root: QWidget) -> list[QWidget]:
    """The widgets below `root` that Tab stops at, in the order of their layouts."""
    return list(_of_widget(root))


def step(root: QWidget, forward: bool) -> bool:
    """Goes to the next stop below `root`, or to the one before; beyond the last, out of `root`.

    False, and nothing is done, if the focus is at none of them.
    """
    around = stops(root)
    focused = root.window().focusWidget()
    if focused not in around:
        return False
    at = around.index(focused) + (1 if forward else -1)
    inside = 0 <= at < len(around)
    _stop_at((None if inside else _beyond(root, forward)) or around[at % len(around)], forward)
    return True


def enter(root: QWidget, forward: bool) -> None:
    """Goes to the first stop below `root`, or to the last, if there is one: where Qt enters it by
    what the focus of the whole falls to, it would never come to what stands before that.
    """
    around = stops(root)
    if around:
        _stop_at(around[0 if forward else -1], forward)


def _stop_at(target: QWidget, forward: bool) -> None:
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    target.setFocus(reason)
    parent = target.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(target)
        parent = parent.parentWidget()


def _beyond(root: QWidget, forward: bool) -> QWidget | None:
    """The next widget outside `root` that Tab stops at."""
    found = root.nextInFocusChain() if forward else root.previousInFocusChain()
    while found is not None and found is not root:
        if not root.isAncestorOf(found) and found.isEnabled() and _stops_at(found):
            return found
        found = found.nextInFocusChain() if forward else found.previousInFocusChain()
    return None


def _of_widget(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible() or not widget.isEnabled():
        return
    if isinstance(widget, QTableView) and _stops_at(widget.horizontalHeader()):
        yield widget.horizontalHeader()
    if _stops_at(widget):
        yield widget
    layout = widget.layout()
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    if layout is not None:
        yield from _of_layout(layout)
    elif inner is not None:
        yield from _of_widget(inner)
    elif isinstance(widget, QSplitter):
        for at in range(widget.count()):
            if (part := widget.widget(at)) is not None:
                yield from _of_widget(part)


def _stops_at(widget: QWidget) -> bool:
    tabbed = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tabbed and widget.isVisible() and widget.focusProxy() is None


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _of_widget(widget)
        elif inner is not None:
            yield from _of_layout(inner)
