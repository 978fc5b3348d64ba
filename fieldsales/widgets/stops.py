"""The order in which Tab goes through a page: as it is read, whenever its parts were made."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def stops(root: QWidget) -> list[QWidget]:
    """The widgets below `root` that Tab stops at, in the order of their layouts."""
    return list(_of_widget(root))


def go_on(page: QScrollArea, *, forward: bool) -> bool:
    """Moves the focus to the next stop of a page that scrolls, or the one before; False at an end.

    To be asked by `focusNextPrevChild`.
    """
    inside = page.widget()
    around = stops(inside) if inside is not None else []
    focused = page.window().focusWidget()
    at = around.index(focused) if focused in around else -1
    target = at + (1 if forward else -1)
    if at < 0 or not 0 <= target < len(around):
        return False
    reason = Qt.FocusReason
    around[target].setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
    page.ensureWidgetVisible(around[target])
    return True


def _of_widget(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible() or not widget.isEnabled():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _of_layout(layout)


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
