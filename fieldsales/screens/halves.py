"""A list at the left, what is chosen of it at the right, and the line between them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from fieldsales.screens.contract import Context
from fieldsales.widgets.side_list import SideList

_LIST = 320  # px at 100 %
_KEPT = "list_width"


class Halves(QSplitter):
    """The list is as wide on every page as it was made on the last one."""

    def __init__(self, context: Context, side: SideList, detail: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        self.side = side
        self.detail = detail
        self.setChildrenCollapsible(False)
        self.setHandleWidth(context.look.theme.px(1))
        self.addWidget(side)
        self.addWidget(detail)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._keep)

    def _keep(self, width: int, _index: int) -> None:
        self._context.state.setValue(_KEPT, width)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        kept = int(str(self._context.state.value(_KEPT, 0)) or 0)
        wide = kept or self._context.look.theme.px(_LIST)
        self.setSizes([wide, max(1, self.width() - wide)])
