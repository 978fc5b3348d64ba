"""Two parts side by side, with a line between them that stands where it was left."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from fieldsales.screens.contract import Context


class KeptSplitter(QSplitter):
    """`sizes` in px at 100 % hold until the user moves the line; `grows` is the part that takes
    what room is left, 0 or 1.
    """

    def __init__(
        self,
        context: Context,
        key: str,
        parts: tuple[QWidget, QWidget],
        sizes: tuple[int, int],
        *,
        grows: int,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        self._key = key
        self.setChildrenCollapsible(False)
        self.setHandleWidth(context.look.theme.px(1))
        for part in parts:
            self.addWidget(part)
        self.setStretchFactor(grows, 1)
        kept = context.state.value(key)
        if not (isinstance(kept, QByteArray) and self.restoreState(kept)):
            self.setSizes([context.look.theme.px(size) for size in sizes])
        self.splitterMoved.connect(self._keep)

    def _keep(self) -> None:
        self._context.state.setValue(self._key, self.saveState())
