"""Colours, type and measures of the window, light and dark, at any scale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from fieldsales.drawing.font import FAMILY
from fieldsales.resources import read_toml, resource
from fieldsales.widgets.icons import svg_source

Mode = Literal["system", "light", "dark"]

MODES: tuple[Mode, ...] = get_args(Mode)
SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
_FONTS = ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf")
_LENGTH = re.compile(r"(\d+)px")
_NAME = re.compile(r"@([a-z][a-z0-9-]*)")
# mark in the style sheet -> (icon, colour role)
_MARKS = {
    "mark-check": ("check", "on-accent"),
    "mark-check-menu": ("check", "accent"),
    "mark-chevron-down": ("chevron-down", "ink-3"),
    "mark-chevron-up": ("chevron-up", "ink-3"),
}


@cache
def colours(name: str) -> Mapping[str, str]:
    """Colour roles of a theme file (`light` or `dark`) as `#RRGGBB`."""
    return dict(read_toml("themes", f"{name}.toml")["colours"])


@cache
def tokens() -> Mapping[str, Mapping[str, int]]:
    """Measures in pixels at 100 %: `type`, `space`, `measure`."""
    return read_toml("themes", "tokens.toml")


class Theme(QObject):
    """The look of the whole application; follows the system unless a mode is forced.

    A change of mode recolours what is on screen. A change of scale reaches the style sheet and the
    fonts at once, but margins only where a window is built anew.
    """

    changed = Signal()

    def __init__(
        self, app: QApplication, *, mode: Mode = "system", scale: float | None = None
    ) -> None:
        super().__init__(app)
        self._app = app
        self._mode: Mode = mode
        self._system_scale = _scale_of(app.font())
        self._scale = scale or self._system_scale
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self._metrics: dict[tuple[str, bool], QFontMetrics] = {}
        self._colours: dict[str, QColor] = {}
        self._marks = QTemporaryDir()
        _load_fonts()
        app.setStyle("Fusion")
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def dark(self) -> bool:
        if self._mode == "system":
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    @property
    def scale(self) -> float:
        return self._scale

    def set_mode(self, mode: Mode) -> None:
        if mode != self._mode:
            self._mode = mode
            self._apply()

    def set_scale(self, scale: float | None) -> None:
        """None follows the system's font size."""
        self._scale = scale or self._system_scale
        self._apply()

    def hex(self, role: str) -> str:
        """Colour of a role as `#RRGGBB`; raises KeyError on an unknown role."""
        return colours("dark" if self.dark else "light")[role]

    def colour(self, role: str) -> QColor:
        found = self._colours.get(role)
        if found is None:
            found = self._colours[role] = QColor(self.hex(role))
        return found

    def px(self, length: float) -> int:
        """A length given at 100 %, in pixels of this scale; hairlines stay hairlines."""
        return int(length * self._scale) if length <= 1 else round(length * self._scale)

    def space(self, name: str) -> int:
        return self.px(tokens()["space"][name])

    def font(self, size: str = "body", *, bold: bool = False) -> QFont:
        """A font of the type scale: caption, body, title, section or page."""
        key = (size, bold)
        found = self._fonts.get(key)
        if found is None:
            found = QFont(FAMILY)
            found.setPixelSize(self.px(tokens()["type"][size]))
            found.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
            self._fonts[key] = found
        return found

    def metrics(self, size: str = "body", *, bold: bool = False) -> QFontMetrics:
        key = (size, bold)
        found = self._metrics.get(key)
        if found is None:
            found = self._metrics[key] = QFontMetrics(self.font(size, bold=bold))
        return found

    def style_sheet(self) -> str:
        names: dict[str, str] = dict(colours("dark" if self.dark else "light"))
        for mark, (icon, role) in _MARKS.items():
            path = Path(self._marks.path()) / f"{mark}-{names[role][1:]}.svg"
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)  # who clears up /tmp takes it away
                path.write_text(svg_source(icon, names[role]), encoding="utf-8")
            names[mark] = path.as_posix()
        sheet = resource("themes", "style.qss").read_text(encoding="utf-8")
        sheet = _LENGTH.sub(lambda found: f"{self.px(int(found[1]))}px", sheet)
        return _NAME.sub(lambda found: names[found[1]], sheet)

    def _apply(self) -> None:
        self._fonts.clear()
        self._metrics.clear()
        self._colours.clear()
        self._app.setFont(self.font())
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def _follow_system(self) -> None:
        if self._mode == "system":
            self._apply()

    def _palette(self) -> QPalette:
        palette = QPalette()
        role = QPalette.ColorRole
        for target, name in (
            (role.Window, "paper"),
            (role.WindowText, "ink"),
            (role.Base, "paper"),
            (role.AlternateBase, "paper-2"),
            (role.Text, "ink"),
            (role.Button, "paper-2"),
            (role.ButtonText, "ink"),
            (role.BrightText, "on-accent"),
            (role.ToolTipBase, "float"),
            (role.ToolTipText, "ink"),
            (role.PlaceholderText, "ink-3"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on-accent"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.Accent, "accent"),
            (role.Light, "paper-3"),
            (role.Midlight, "paper-3"),
            (role.Mid, "line"),
            (role.Dark, "line"),
            (role.Shadow, "shadow"),
        ):
            palette.setColor(target, self.colour(name))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.colour("ink-3"))
        return palette


@cache
def _load_fonts() -> None:
    for file in _FONTS:
        if QFontDatabase.addApplicationFont(str(resource("fonts", file))) < 0:
            raise RuntimeError(f"{file} cannot be read")  # without it Chinese is empty boxes


def _scale_of(font: QFont) -> float:
    """Scale that matches the system's font; the usual desktop sizes (11–15 px) count as 100 %."""
    pixels = QFontInfo(font).pixelSize()
    if pixels <= 15:
        return 1.0
    return min(2.0, round(pixels / tokens()["type"]["body"] * 4) / 4)
