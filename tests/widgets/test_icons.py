"""Icons draw in their role's colour at any density."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from fieldsales.resources import ROOT, resource
from fieldsales.widgets.look import Look


def icon_names() -> list[str]:
    """Every shipped icon."""
    return sorted(path.stem for path in (ROOT / "icons").glob("*.svg"))


def _drawn(image: QImage) -> set[str]:
    """Colours of the pixels that are wholly covered."""
    found = set()
    for x in range(image.width()):
        for y in range(image.height()):
            if image.pixelColor(x, y).alpha() == 255:
                found.add(QColor(image.pixelColor(x, y).rgb()).name())
    return found


@pytest.mark.parametrize("name", icon_names())
def test_icon_is_a_line_drawing_on_the_grid(name: str) -> None:
    root = ET.parse(resource("icons", f"{name}.svg")).getroot()  # noqa: S314 - our own files
    assert root.get("viewBox") == "0 0 20 20"
    assert root.get("stroke-width") == "1.5"
    assert root.get("stroke") == "currentColor"


@pytest.mark.parametrize("name", icon_names())
def test_icon_draws_in_its_colour(look: Look, name: str) -> None:
    image = look.icons.pixmap(name, "bad", 20, 2.0).toImage()
    assert image.width() == 40
    assert _drawn(image) == {look.theme.hex("bad").lower()}


def test_icon_follows_the_theme(look: Look) -> None:
    icon = look.icons("search", "ink")
    light = _drawn(icon.pixmap(QSize(20, 20), 2.0).toImage())
    assert light == {look.theme.hex("ink").lower()}
    look.theme.set_mode("dark")
    dark = _drawn(icon.pixmap(QSize(20, 20), 2.0).toImage())
    assert dark == {look.theme.hex("ink").lower()}


def test_checked_icon_takes_the_other_role(look: Look) -> None:
    icon = look.icons("star", "ink-2", checked="accent")
    image = icon.pixmap(QSize(20, 20), 2.0, QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert _drawn(image) == {look.theme.hex("accent").lower()}


def test_unknown_icon_fails_where_it_is_asked_for(look: Look) -> None:
    with pytest.raises(FileNotFoundError):
        look.icons("no-such-icon")
