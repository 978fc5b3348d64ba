"""Two parts side by side, with a line between them that stands where it was left."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from fieldsales.widgets.look import Look


class KeptSplitter(QSplitter):
    """`state` keeps under `key` where it stands; until it was moved, `sizes` hold, px at 100 %.
    `grows` is the part that takes what room is left, 0 or 1.
    """

    def __init__(
        self,
        look: Look,
        state: QSettings,
        key: str,
        parts: tuple[QWidget, QWidget],
        sizes: tuple[int, int],
        *,
        grows: int,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._state = state
        self._key = key
        self.setChildrenCollapsible(False)
        self.setHandleWidth(look.theme.px(1))
        for part in parts:
            self.addWidget(part)
        self.setStretchFactor(grows, 1)
        kept = state.value(key)
        if not (isinstance(kept, QByteArray) and self.restoreState(kept)):
            self.setSizes([look.theme.px(size) for size in sizes])
        self.splitterMoved.connect(self._keep)

    def _keep(self) -> None:
        self._state.setValue(self._key, self.saveState())
