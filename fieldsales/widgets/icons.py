"""The line icons: one SVG each, drawn in the colour of a role at any size and pixel density."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from fieldsales.resources import resource

if TYPE_CHECKING:
    from fieldsales.widgets.theme import Theme


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def svg_source(name: str, colour: str) -> str:
    """The SVG text of an icon drawn in `colour`; raises FileNotFoundError on an unknown name."""
    return _source(name).replace("currentColor", colour)


class Icons:
    """Gives icons that take their colour from the theme when they are painted.

    So a change of theme needs nothing but a repaint.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pixmaps: dict[tuple[str, str, int, int], QPixmap] = {}

    def __call__(self, name: str, role: str = "ink-2", checked: str = "accent") -> QIcon:
        """An icon in a colour role; `checked` is the role while its button is down."""
        _source(name)  # an unknown name fails here, not while painting
        return QIcon(_Engine(self, name, role, checked))

    def pixmap(self, name: str, role: str, size: int, density: float = 1.0) -> QPixmap:
        """A picture of `size` logical pixels for a screen of the given pixel density."""
        colour = self._theme.hex(role)
        pixels = max(1, round(size * density))
        key = (name, colour, pixels, size)
        found = self._pixmaps.get(key)
        if found is None:
            found = QPixmap(pixels, pixels)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            source = svg_source(name, colour)
            plain = size / self._theme.scale
            if plain > 24:  # a big picture keeps a thin line
                source = source.replace('stroke-width="1.5"', f'stroke-width="{36 / plain:.2f}"')
            renderer = QSvgRenderer(QByteArray(source.encode()))
            renderer.render(painter, QRectF(0, 0, pixels, pixels))
            painter.end()
            found.setDevicePixelRatio(pixels / size)
            self._pixmaps[key] = found
        return found

    def paint(self, painter: QPainter, rect: QRect, name: str, role: str) -> None:
        """Draw an icon in the middle of `rect`, as large as fits."""
        size = min(rect.width(), rect.height())
        pixmap = self.pixmap(name, role, size, painter.device().devicePixelRatioF())
        left = rect.x() + (rect.width() - size) // 2
        top = rect.y() + (rect.height() - size) // 2
        painter.drawPixmap(left, top, pixmap)


class _Engine(QIconEngine):
    def __init__(self, icons: Icons, name: str, role: str, checked: str) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        self._role = role
        self._checked = checked

    def _role_of(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "line"
        return self._checked if state == QIcon.State.On else self._role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._icons.paint(painter, rect, self._name, self._role_of(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # Qt asks with the size in device pixels; a size wider than high asks for a gap behind it
        side = max(1, round(min(size.width(), size.height()) / scale))
        drawn = self._icons.pixmap(self._name, self._role_of(mode, state), side, scale)
        if size.width() <= size.height():
            return drawn
        padded = QPixmap(size)
        padded.fill(Qt.GlobalColor.transparent)
        padded.setDevicePixelRatio(scale)
        painter = QPainter(padded)
        painter.drawPixmap(0, 0, drawn)
        painter.end()
        return padded

    def clone(self) -> QIconEngine:
        return _Engine(self._icons, self._name, self._role, self._checked)
