"""Themes are complete, readable and follow what the system or the user asks for."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QStyleHints
from PySide6.QtWidgets import QApplication, QLabel

from fieldsales.drawing.colours import PAPER
from fieldsales.resources import resource
from fieldsales.widgets.chips import CHIP_TONES
from fieldsales.widgets.theme import Theme, colours, tokens

TEXT = ("ink", "ink-2", "ink-3", "accent", "good", "warn", "bad")
PAPERS = ("paper", "paper-2", "paper-3", "float")


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2)."""

    def luminance(colour: str) -> float:
        channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
            for value in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_is_readable_on_every_paper(name: str) -> None:
    theme = colours(name)
    pairs = [(ink, paper) for ink in TEXT for paper in PAPERS]
    pairs += [(f"quadrant-{letter}", paper) for letter in "abcd" for paper in PAPERS]
    pairs += list(CHIP_TONES.values())
    pairs += [("ink", ground) for ground in theme if ground.startswith("stage-")]
    pairs += [(ink, "accent-soft") for ink in ("ink", "ink-2", "accent", "accent-strong")]
    pairs += [("ink", f"{kind}-soft") for kind in ("good", "warn", "bad", "accent")]
    pairs += [("on-accent", "accent"), ("on-accent", "accent-strong"), ("on-bad", "bad")]
    poor = {
        (ink, paper): round(contrast(theme[ink], theme[paper]), 2)
        for ink, paper in pairs
        if contrast(theme[ink], theme[paper]) < 4.5
    }
    assert not poor


def test_both_themes_have_every_role() -> None:
    assert colours("light").keys() == colours("dark").keys()
    assert PAPER.keys() <= colours("light").keys()  # pictures use these on screen too


def test_style_sheet_speaks_of_known_roles_only(theme: Theme) -> None:
    sheet = theme.style_sheet()
    assert "@" not in sheet
    allowed = set(colours("light").values())
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", sheet)) <= allowed
    source = resource("themes", "style.qss").read_text(encoding="utf-8")
    assert "#" not in source  # colours stand in the theme files alone


def test_mode_recolours_the_application(theme: Theme, qapp: QApplication) -> None:
    with_signal: list[bool] = []
    theme.changed.connect(lambda: with_signal.append(theme.dark))
    theme.set_mode("dark")
    assert qapp.palette().window().color() == QColor(colours("dark")["paper"])
    theme.set_mode("light")
    assert qapp.palette().window().color() == QColor(colours("light")["paper"])
    assert with_signal == [True, False]


def test_follows_the_system(
    theme: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.set_mode("system")
    hints = qapp.styleHints()
    for scheme, name in ((Qt.ColorScheme.Dark, "dark"), (Qt.ColorScheme.Light, "light")):
        monkeypatch.setattr(QStyleHints, "colorScheme", lambda _self, scheme=scheme: scheme)
        hints.colorSchemeChanged.emit(scheme)
        assert theme.dark == (name == "dark")
        assert qapp.palette().window().color() == QColor(colours(name)["paper"])
    theme.set_mode("light")


def test_scale_reaches_type_and_measures(theme: Theme) -> None:
    theme.set_scale(1.5)
    assert theme.font("body").pixelSize() == round(tokens()["type"]["body"] * 1.5)
    assert theme.px(8) == 12
    assert theme.px(1) == 1  # hairlines stay hairlines
    assert "min-height: 45px" in theme.style_sheet()
    theme.set_scale(1.0)


def test_shipped_font_is_used(theme: Theme, qapp: QApplication) -> None:
    label = QLabel("客户")
    label.ensurePolished()
    assert label.fontInfo().family() == "Noto Sans SC"
    assert theme.font(bold=True).bold()


def test_unknown_role_is_an_error(theme: Theme) -> None:
    with pytest.raises(KeyError):
        theme.colour("pink")


def test_marks_cleared_away_by_somebody_are_drawn_again(qapp: QApplication) -> None:
    theme = Theme(qapp, mode="light")
    shutil.rmtree(theme._marks.path())
    theme.set_mode("dark")
    found = re.findall(r"url\(([^)]*\.svg)\)", qapp.styleSheet())
    assert found
    assert all(Path(one).is_file() for one in found)
