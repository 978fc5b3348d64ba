"""A picture of the portfolio saved as an image, to be sent on or put on a slide."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldsales.errors import EnvironmentProblem
from fieldsales.reports.portfolio.framed import framed
from fieldsales.reports.portfolio.portrait import Portrait
from fieldsales.screens.contract import Context
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.picture_image import image

_FOLDER = "export/folder"  # where the last one went, on this laptop


def ask_and_save(context: Context, parent: QWidget, portrait: Portrait) -> None:
    """Asks for a file and writes the picture into it, with its title and finding."""
    words = context.words
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    folder = Path(str(context.state.value(_FOLDER) or usual))
    title = words(f"portfolio.picture.{portrait.KEY}")
    name = f"{title}-{context.look.clock.today().isoformat()}.png"
    chosen, _ = QFileDialog.getSaveFileName(
        parent, words("portfolio.save"), str(folder / name), "PNG (*.png)"
    )
    if not chosen:
        return
    path = Path(chosen) if chosen.lower().endswith(".png") else Path(f"{chosen}.png")
    if not image(framed(portrait)).save(str(path)):
        context.tell(EnvironmentProblem("files.cannot_write", path=str(path)))
        return
    context.state.setValue(_FOLDER, str(path.parent))
    opening = QUrl.fromLocalFile(str(path.parent))
    context.say(
        Message(
            words("portfolio.saved", name=path.name),
            "success",
            action=words("paper.open_folder"),
            act=lambda: QDesktopServices.openUrl(opening),
        )
    )
