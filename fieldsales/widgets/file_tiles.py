"""Kept files as tiles below a heading; more are chosen, dropped or pasted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog

from fieldsales.domain.keeping import Attachment
from fieldsales.widgets.card import Section
from fieldsales.widgets.file_tile import FileTile
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.incoming import Arrived, Incoming
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import button, label

_AT_FIRST, _MORE = 8, 40  # tiles; each reads a photo


class FileTiles(Section):
    """Tiles below a heading with a button to add more. Files are dropped and pasted here, too.

    A subclass has the files: it gives what tiles show, and does what is done with them.
    """

    def __init__(self, look: Look, jobs: Jobs, title: str, add: str) -> None:
        super().__init__(look, title, action=add, act=self.choose, icon="attach")
        self._look = look
        self._jobs = jobs
        self._add = add
        self._shown: tuple[Attachment, ...] = ()
        self._most = _AT_FIRST
        self._none = label(look, look.words("files.none"), tone="muted", wrap=True)
        self.body.addWidget(self._none)
        self._flow = FlowLayout(look, gap=8, line_gap=8)
        self.body.addLayout(self._flow)
        self._more = button(look, "", self._show_more, role="link")
        self._more.hide()
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.tiles: list[FileTile] = []
        self.incoming = Incoming(self, texts=True)
        self.incoming.came.connect(self.take)
        self.incoming.over.connect(self.show_over)
        self._over = False

    # what a subclass says

    def thumbnail(self, kept: Attachment, side: int) -> bytes:
        """A small picture, on any thread; raises UserError where there is none."""
        raise NotImplementedError

    def whose(self, kept: Attachment) -> str:
        """With which record it is kept, where the page does not say it; else ''."""
        raise NotImplementedError

    def take(self, came: Sequence[Path | Arrived]) -> None:
        """Keeps what was chosen, dropped or pasted."""
        raise NotImplementedError

    def open(self, kept: Attachment) -> None:
        raise NotImplementedError

    def mark(self, kept: Attachment, shown: bool) -> None:
        """Whether the customer may see a photo."""
        raise NotImplementedError

    def rename(self, kept: Attachment, name: str) -> None:
        raise NotImplementedError

    def save(self, kept: Attachment, *, whole: bool) -> None:
        """Asks where to put a copy; `whole` with all that a photo tells."""
        raise NotImplementedError

    def trash(self, kept: Attachment) -> None:
        raise NotImplementedError

    def copy(self, kept: Attachment) -> Path | None:
        """A file of its own to be carried out of the window; None, and told, if it cannot be."""
        raise NotImplementedError

    # showing

    def fold(self) -> None:
        """Show the first tiles only."""
        self._most = _AT_FIRST

    def show_files(self, files: tuple[Attachment, ...]) -> None:
        """Replace what is shown."""
        self.set_count(len(files))
        self._none.setVisible(not files)
        shown = files[: self._most]
        if files == self._shown and len(self.tiles) == len(shown):
            return
        before = {tile.kept.id: tile for tile in self.tiles}
        former, self.tiles, self._shown = self.tiles, [], files
        for at, kept in enumerate(shown):
            tile = before.pop(kept.id, None)
            if tile is None:
                tile = FileTile(self._look, self._jobs, self, kept)
            tile.show_kept(kept)
            if former[at : at + 1] != [tile]:  # else it stands there already
                former = []
                self._flow.removeWidget(tile)
                self._flow.addWidget(tile)
                tile.show()
            self.tiles.append(tile)
        for tile in before.values():
            self._flow.removeWidget(tile)
            tile.hide()  # at once: deleted it will be later
            tile.deleteLater()
        self._more.setVisible(len(self.tiles) < len(files))
        rest = len(files) - len(shown)
        key, n = ("card.show_all", len(files)) if rest <= _MORE else ("files.show_more", _MORE)
        self._more.setText(self._look.words(key, n=n))
        self.updateGeometry()

    @Slot(bool)
    def show_over(self, over: bool) -> None:
        """Tints the ground while something is held over it that can be dropped here."""
        if over != self._over:
            self._over = over
            self.update()

    def holds(self, attachment_id: str) -> bool:
        """Whether a file is here, though maybe folded away."""
        return any(kept.id == attachment_id for kept in self._shown)

    def reveal(self, attachment_id: str) -> FileTile | None:
        """The tile of a file, with the focus; None if it is not here."""
        at = next((at for at, kept in enumerate(self._shown) if kept.id == attachment_id), -1)
        if at >= self._most:
            self._most = at + 1
            self.show_files(self._shown)
        tile = next((tile for tile in self.tiles if tile.kept.id == attachment_id), None)
        if tile is not None:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)
        return tile

    def _show_more(self) -> None:
        self._most = len(self.tiles) + _MORE
        self.show_files(self._shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._over:
            theme = self._look.theme
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent-soft"))
            painter.drawRoundedRect(self.rect(), theme.px(6), theme.px(6))

    def choose(self) -> None:
        """Let the user pick files to keep."""
        names, _ = QFileDialog.getOpenFileNames(self, self._add)
        if names:
            self.take([Path(name) for name in names])
