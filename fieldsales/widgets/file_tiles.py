"""Kept files as tiles: photos made small, other files by an icon; added, opened, thrown away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QImageReader,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy

from fieldsales.domain.clock import local_day
from fieldsales.domain.keeping import Attachment
from fieldsales.widgets.card import Section
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.jobs import Job, Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import Clickable, button

Read = Callable[[str], bytes]

_AT_FIRST = 8
_PIXELS = 60_000_000  # of a picture that is still made small


class FileTiles(Section):
    """Tiles below a heading with a button to add more; what is done with them the owner decides.

    `marked` says whether the customer may see a photo; `read` gives the content of a hash.
    """

    chosen = Signal(object)  # paths
    opened = Signal(object)  # Attachment
    marked = Signal(object, bool)
    trash_wanted = Signal(object)

    def __init__(self, look: Look, jobs: Jobs, read: Read, title: str, add: str) -> None:
        super().__init__(look, title, action=add, act=self.choose, icon="attach")
        self._look = look
        self._jobs = jobs
        self._read = read
        self._add = add
        self._shown: tuple[Attachment, ...] = ()
        self._whole = False
        self._flow = FlowLayout(look, gap=8, line_gap=8)
        self.body.addLayout(self._flow)
        self._more = button(look, "", self._show_whole, role="link")
        self._more.hide()
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.tiles: list[FileTile] = []

    def fold(self) -> None:
        """Show the first tiles only."""
        self._whole = False

    def show_files(self, files: tuple[Attachment, ...]) -> None:
        """Replace what is shown."""
        self.set_count(len(files))
        if files == self._shown and len(self.tiles) == len(self._visible(files)):
            return
        before = {tile.kept.id: tile for tile in self.tiles}
        self._shown = files
        self.tiles = []
        for kept in self._visible(files):
            tile = before.pop(kept.id, None) or self._tile(kept)
            tile.show_kept(kept)
            self._flow.removeWidget(tile)
            self._flow.addWidget(tile)
            tile.show()
            self.tiles.append(tile)
        for tile in before.values():
            self._flow.removeWidget(tile)
            tile.hide()  # at once: deleted it will be later
            tile.deleteLater()
        self._more.setVisible(len(self.tiles) < len(files))
        self._more.setText(self._look.words("card.show_all", n=len(files)))
        self.updateGeometry()

    def _tile(self, kept: Attachment) -> FileTile:
        tile = FileTile(self._look, self._jobs, self._read, kept)
        tile.clicked.connect(lambda: self.opened.emit(tile.kept))
        tile.marked.connect(lambda shown: self.marked.emit(tile.kept, shown))
        tile.trash_wanted.connect(lambda: self.trash_wanted.emit(tile.kept))
        return tile

    def _visible(self, files: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
        return files if self._whole else files[:_AT_FIRST]

    def _show_whole(self) -> None:
        self._whole = True
        self.show_files(self._shown)

    def choose(self) -> None:
        """Let the user pick files to keep."""
        names, _ = QFileDialog.getOpenFileNames(self, self._add)
        self.chosen.emit([Path(name) for name in names])


class FileTile(Clickable):
    """A photo made small, or a file's icon; its name below.

    An eye in the corner of a photo says that the customer may see it; pressing there changes that.
    """

    marked = Signal(bool)
    trash_wanted = Signal()

    def __init__(self, look: Look, jobs: Jobs, read: Read, kept: Attachment) -> None:
        super().__init__(look)
        self.kept = kept
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if kept.kind == "photo":
            small = partial(_small, partial(read, kept.sha256), _side(look))
            jobs.start(small, self._show_picture, self._keep_icon)

    def show_kept(self, kept: Attachment) -> None:
        """Show the same file as it is now."""
        self.kept = kept
        words = self.look.words
        day = words.date(local_day(kept.created_at))
        size = words("card.file_size", n=words.number(max(1, (kept.size or 0) // 1024)))
        told = f"{kept.name}\n{day} · {size}"
        seen = words("widgets.customer_sees") if kept.for_customer else ""
        self.setToolTip("\n".join(filter(None, (told, seen))))
        self.setAccessibleName(kept.name)
        self.setAccessibleDescription(seen)
        self.update()

    def _show_picture(self, image: QImage | None) -> None:
        if image is not None:
            self._picture = QPixmap.fromImage(image)
            self.update()

    def _keep_icon(self, _error: object) -> None:
        """A picture that cannot be read keeps its icon."""

    def sizeHint(self) -> QSize:
        side = _side(self.look)
        return QSize(side, side + self.look.theme.px(22))

    def corner(self) -> QRect:
        """Where the eye is; empty for what is no photo."""
        if self.kept.kind != "photo":
            return QRect()
        side, eye = _side(self.look), self.look.theme.px(24)
        return QRect(side - eye - 3, 3, eye, eye)

    def menu(self) -> QMenu:
        """What can be done with the file; it goes once it is closed."""
        words, menu = self.look.words, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def add(key: str, act: Callable[[], object]) -> None:
            menu.addAction(words(key)).triggered.connect(act)

        add("widgets.open_file", self.clicked.emit)
        if self.kept.kind == "photo":
            add(f"widgets.{'hide_from' if self.kept.for_customer else 'show'}_customer", self._turn)
        add("card.trash", self.trash_wanted.emit)
        return menu

    def _turn(self) -> None:
        self.marked.emit(not self.kept.for_customer)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self.corner().contains(event.position().toPoint()):
            self._turn()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.trash_wanted.emit()
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
        if self.kept.for_customer or lively:
            self._paint_eye(painter)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink-2"))
        metrics = theme.metrics("caption")
        name = metrics.elidedText(self.kept.name, Qt.TextElideMode.ElideMiddle, side)
        painter.drawText(QRect(0, side, side, theme.px(22)), Qt.AlignmentFlag.AlignCenter, name)

    def _paint_eye(self, painter: QPainter) -> None:
        corner, theme = self.corner(), self.look.theme
        if corner.isEmpty():
            return
        seen = bool(self.kept.for_customer)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if seen else "paper"))
        painter.drawEllipse(corner)
        inner = theme.px(16)
        spot = QRect(QPoint(0, 0), QSize(inner, inner))
        spot.moveCenter(corner.center())
        self.look.icons.paint(painter, spot, "eye", "on-accent" if seen else "ink-3")


def _side(look: Look) -> int:
    return look.theme.px(84)


def _small(read: Callable[[], bytes], side: int, _job: Job) -> QImage | None:
    """The picture made small; None where it is none, or so large that it might be a trap."""
    buffer = QBuffer()
    buffer.setData(QByteArray(read()))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _PIXELS:
        return None
    reader.setScaledSize(size.scaled(2 * side, 2 * side, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
