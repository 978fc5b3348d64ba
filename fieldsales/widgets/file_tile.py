"""One kept file as a tile: a photo made small or an icon; what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy

from fieldsales.domain.clock import local_day
from fieldsales.domain.file_name import split
from fieldsales.domain.keeping import Attachment
from fieldsales.errors import Told
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.incoming import INSIDE
from fieldsales.widgets.jobs import Job, Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.menus import passing_menu
from fieldsales.widgets.pieces import Clickable

if TYPE_CHECKING:
    from fieldsales.widgets.file_tiles import FileTiles

_NAME_WIDTH = 220  # px at 100 % of the line in which a name is changed


class FileTile(Clickable):
    """A photo made small, or a file's icon; its name below.

    An eye in the corner of a photo says that the customer may see it; pressing there changes that.
    """

    def __init__(self, look: Look, jobs: Jobs, tiles: FileTiles, kept: Attachment) -> None:
        super().__init__(look)
        self.kept = kept
        self._tiles = tiles
        self._picture: QPixmap | None = None
        self._why = ""  # there is no picture of a photo
        self._pressed = QPoint()
        self._dragged = False
        self.name_line: _NameLine | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        if kept.kind == "photo":
            jobs.start(
                partial(_small, tiles, kept, 2 * _side(look)), self._show_picture, self._keep_icon
            )

    def show_kept(self, kept: Attachment) -> None:
        """Show the same file as it is now."""
        self.kept = kept
        words = self.look.words
        day = words.date(local_day(kept.created_at))
        size = words("card.file_size", n=words.number(max(1, (kept.size or 0) // 1024)))
        told = " · ".join(filter(None, (self._tiles.whose(kept), day, size)))
        seen = words("widgets.customer_sees") if kept.for_customer else ""
        self.setToolTip("\n".join(filter(None, (kept.name, told, seen, self._why))))
        self.setAccessibleName(kept.name)
        self.setAccessibleDescription(" ".join(filter(None, (seen, self._why))))
        self.update()

    def _show_picture(self, image: QImage) -> None:
        self._picture = QPixmap.fromImage(image)
        self.update()

    def _keep_icon(self, trouble: Told) -> None:
        """A picture that cannot be read keeps its icon, and says why."""
        self._why = self.look.words(trouble.code, **trouble.params)
        self.show_kept(self.kept)

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
        words, photo = self.look.words, self.kept.kind == "photo"
        entries: list[tuple[str, Callable[[], object]] | None] = [
            (words("widgets.open_file"), self._open),
            (words("files.save_as"), self._save),
        ]
        if photo:
            entries.append((words("files.save_whole"), self._save_whole))
        entries += [(words("files.copy"), self.put_on_clipboard), None]
        if photo:
            which = "hide_from" if self.kept.for_customer else "show"
            entries.append((words(f"widgets.{which}_customer"), self._turn))
        entries.append((words("files.rename"), self.begin_rename))
        entries.append((words("card.trash"), self._trash))
        return passing_menu(self, entries)

    def _open(self) -> None:
        self._tiles.open(self.kept)

    def _save(self) -> None:
        self._tiles.save(self.kept, whole=False)

    def _save_whole(self) -> None:
        self._tiles.save(self.kept, whole=True)

    def _trash(self) -> None:
        self._tiles.trash(self.kept)

    def _turn(self) -> None:
        self._tiles.mark(self.kept, not self.kept.for_customer)

    def carried(self) -> QMimeData | None:
        """A copy of the file, as other programs take one; None if there can be none."""
        path = self._tiles.copy(self.kept)
        if path is None:
            return None
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        return data

    def put_on_clipboard(self) -> None:
        data = self.carried()
        if data is not None:
            QGuiApplication.clipboard().setMimeData(data)

    def begin_rename(self) -> None:
        """A line over the name; its ending stays. Enter keeps what is typed, Esc leaves it."""
        line = self.name_line = _NameLine(self.look, calm=False)
        line.setParent(self.parentWidget())
        line.setText(split(self.kept.name)[0])
        line.setAccessibleName(self.look.words("files.rename"))
        wide = min(self.look.theme.px(_NAME_WIDTH), self.parentWidget().width())
        left = min(self.x(), self.parentWidget().width() - wide)
        height = line.sizeHint().height()
        line.setGeometry(left, self.y() + self.height() - height, wide, height)
        line.editingFinished.connect(self._rename)
        line.show()
        line.selectAll()
        line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rename(self) -> None:
        line, self.name_line = self.name_line, None
        if line is None:
            return
        if line.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        typed = line.text().strip()
        line.hide()
        line.deleteLater()
        ending = split(self.kept.name)[1]
        if typed and f"{typed}{ending}" != self.kept.name:
            self._tiles.rename(self.kept, f"{typed}{ending}")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._dragged = event.position().toPoint(), False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        way = (event.position().toPoint() - self._pressed).manhattanLength()
        left = event.buttons() & Qt.MouseButton.LeftButton
        if left and not self._dragged and way >= QApplication.startDragDistance():
            self._dragged = True
            self._drag()
        else:
            super().mouseMoveEvent(event)

    def _drag(self) -> None:
        data = self.carried()
        if data is None:
            return
        data.setData(INSIDE, b"1")
        drag = QDrag(self)
        drag.setMimeData(data)
        if self._picture is not None:
            drag.setPixmap(self._picture.scaled(_side(self.look), _side(self.look),
                                                Qt.AspectRatioMode.KeepAspectRatio))  # fmt: skip
        drag.exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if self._dragged:
            return  # it was carried away, not pressed
        if left and self.corner().contains(event.position().toPoint()):
            self._turn()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._trash()
        elif event.key() == Qt.Key.Key_F2:
            self.begin_rename()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.put_on_clipboard()
        elif event.matches(QKeySequence.StandardKey.SaveAs):
            self._save()
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


class _NameLine(LineEdit):
    """Esc leaves the name as it was."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.editingFinished.emit()
        else:
            super().keyPressEvent(event)


def _side(look: Look) -> int:
    return look.theme.px(84)


def _small(tiles: FileTiles, kept: Attachment, side: int, _job: Job) -> QImage:
    return QImage.fromData(tiles.thumbnail(kept, side))
