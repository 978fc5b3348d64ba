"""What was chosen on this laptop for the looks of the window: language, theme, size of text."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator

from fieldsales.widgets.theme import MODES, SCALES, Mode
from fieldsales.words import LANGUAGES


def language(state: QSettings) -> str:
    """The language chosen, or that of the desktop."""
    chosen = str(state.value("look/language", ""))
    return chosen if chosen in LANGUAGES else _system_language()


def mode(state: QSettings) -> Mode:
    chosen = str(state.value("look/mode", "system"))
    return next((mode for mode in MODES if mode == chosen), "system")


def scale(state: QSettings) -> float | None:
    """None follows the desktop."""
    chosen = str(state.value("look/scale", ""))
    return next((scale for scale in SCALES if str(scale) == chosen), None)


def translator(spoken: str) -> QTranslator:
    """Qt's own dialogs in a language; its numbers and dates, too."""
    made = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    made.load(f"qtbase_{spoken}", folder)
    QLocale.setDefault(QLocale(spoken))
    return made


def _system_language() -> str:
    """Simplified Chinese where we do not speak what the desktop does."""
    locale = QLocale.system()
    if locale.language() == QLocale.Language.English:
        return "en"
    traditional = locale.script() == QLocale.Script.TraditionalChineseScript
    return "zh_TW" if traditional else "zh_CN"
