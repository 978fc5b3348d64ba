"""Files and photos kept with the customer: dropped in, shown small, opened by a click."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QSizePolicy

from fieldsales import places
from fieldsales.domain.clock import local_day
from fieldsales.domain.keeping import Attachment
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.screens.contract import Context
from fieldsales.services.operations.files import KeepFile, content
from fieldsales.services.operations.records import TrashRecords
from fieldsales.widgets.card import Section
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.look import Look
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.open_copy import open_copy
from fieldsales.widgets.pieces import Clickable, FlowLayout, button

_AT_FIRST = 8
_LARGEST = 200_000_000  # bytes of one file; more belongs on a drive, not in here
_PIXELS = 60_000_000  # of a picture that is still made small


class FilesSection(Section):
    """Tiles, the newest first."""

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(
            look, words("card.files"), action=words("card.add_file"), act=self.choose, icon="attach"
        )
        self.context = context
        self.customer_id = ""
        self._shown: tuple[Attachment, ...] = ()
        self._whole = False
        self._flow = FlowLayout(look, gap=8, line_gap=8)
        self.body.addLayout(self._flow)
        self._more = button(look, "", self._show_whole, role="link")
        self._more.hide()
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.tiles: list[FileTile] = []

    def load(self, customer_id: str) -> None:
        self.customer_id = customer_id
        self._whole = False

    def show_files(self, files: tuple[Attachment, ...]) -> None:
        self.set_count(len(files))
        if files == self._shown and len(self.tiles) == len(self._visible(files)):
            return
        self._shown = files
        for tile in self.tiles:
            self._flow.removeWidget(tile)
            tile.hide()  # at once: deleted it will be later
            tile.deleteLater()
        self.tiles = []
        for kept in self._visible(files):
            tile = FileTile(self.context, kept)
            tile.clicked.connect(self._open)
            self._flow.addWidget(tile)
            tile.show()
            self.tiles.append(tile)
        self._more.setVisible(len(self.tiles) < len(files))
        self._more.setText(self.context.words("card.show_all", n=len(files)))
        self.updateGeometry()

    def _visible(self, files: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
        return files if self._whole else files[:_AT_FIRST]

    def _show_whole(self) -> None:
        self._whole = True
        self.show_files(self._shown)

    def _open(self) -> None:
        tile = self.sender()
        assert isinstance(tile, FileTile)
        open_file(self.context, tile.kept)

    def choose(self) -> None:
        """Let the user pick files to keep."""
        names, _ = QFileDialog.getOpenFileNames(self, self.context.words("card.add_file"))
        self.keep(map(Path, names))

    def keep(self, paths: Iterable[Path]) -> None:
        """Keep these files with the customer, each an operation that can be undone."""
        words = self.context.words
        for path in paths:
            try:
                if path.stat().st_size > _LARGEST:
                    raise UserError("card.file_too_large", name=path.name)
                data = path.read_bytes()
            except OSError:
                self.context.tell(UserError("card.file_unreadable", name=path.name))
                continue
            except UserError as error:
                self.context.tell(error)
                continue
            kind = "photo" if _is_picture(path) else "file"
            operation = KeepFile(path.name, data, kind, customer_id=self.customer_id)
            self.context.run(operation, undoable=words("card.file_kept", name=path.name))


def _is_picture(path: Path) -> bool:
    return (mimetypes.guess_type(path.name)[0] or "").startswith("image/")


def open_file(context: Context, kept: Attachment) -> None:
    """Opens a copy in the program made for such files."""
    try:
        copy = open_copy(kept.name, content(context.store.path, kept.sha256))
    except (UserError, EnvironmentProblem) as trouble:
        context.tell(trouble)
        return
    if copy is not None:
        said = context.words("card.file_no_program", path=str(copy))
        context.say(Message(said, "warn", key="files"))


class FileTile(Clickable):
    """A photo made small, or a file's icon; its name below."""

    def __init__(self, context: Context, kept: Attachment) -> None:
        super().__init__(context.look)
        self._context = context
        self.kept = kept
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = context.words
        day = words.date(local_day(kept.created_at))
        size = words("card.file_size", n=words.number(max(1, (kept.size or 0) // 1024)))
        self.setToolTip(f"{kept.name}\n{day} · {size}")
        self.setAccessibleName(kept.name)
        if kept.kind == "photo":
            path = places.kept_file(context.store.path, kept.sha256)
            self._context.jobs.start(
                partial(_small, str(path), _side(context.look)), self._show_picture, self._keep_icon
            )

    def _show_picture(self, image: QImage | None) -> None:
        if image is not None:
            self._picture = QPixmap.fromImage(image)
            self.update()

    def _keep_icon(self, _error: object) -> None:
        """A picture that cannot be read keeps its icon."""

    def sizeHint(self) -> QSize:
        side = _side(self.look)
        return QSize(side, side + self.look.theme.px(22))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            said = self._context.words("card.trashed", name=self.kept.name)
            self._context.run(TrashRecords("attachment", (self.kept.id,)), undoable=said)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, look = self.look.theme, self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = _side(look)
        box = QRect(0, 0, side, side)
        lively = self.hovered or self.hasFocus()
        painter.setPen(theme.colour("accent" if lively else "hairline"))
        painter.setBrush(theme.colour("paper-2"))
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), theme.px(6), theme.px(6))
        if self._picture is not None:
            drawn = self._picture.size().scaled(
                side - 4, side - 4, Qt.AspectRatioMode.KeepAspectRatio
            )
            spot = QRect(
                (side - drawn.width()) // 2, (side - drawn.height()) // 2,
                drawn.width(), drawn.height(),
            )  # fmt: skip
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(spot, self._picture)
        else:
            icon = {"photo": "camera", "report": "document"}.get(self.kept.kind, "attach")
            inner = theme.px(28)
            spot = QRect((side - inner) // 2, (side - inner) // 2, inner, inner)
            look.icons.paint(painter, spot, icon, "ink-3")
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink-2"))
        metrics = theme.metrics("caption")
        name = metrics.elidedText(self.kept.name, Qt.TextElideMode.ElideMiddle, side)
        painter.drawText(QRect(0, side, side, theme.px(22)), Qt.AlignmentFlag.AlignCenter, name)


def _side(look: Look) -> int:
    return look.theme.px(84)


def _small(path: str, side: int, _job: Job) -> QImage | None:
    """The picture made small; None where it is none, or so large that it might be a trap."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _PIXELS:
        return None
    reader.setScaledSize(size.scaled(2 * side, 2 * side, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
