"""The files of a record, on every page that shows one: kept, seen, opened, carried out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from fieldsales import places
from fieldsales.domain.file_name import fitting, split
from fieldsales.domain.keeping import FILE_OWNERS, Attachment
from fieldsales.errors import EnvironmentProblem, UserError, unwritten
from fieldsales.screens.contract import Context
from fieldsales.screens.exporting import ask_where, beside
from fieldsales.services import photos
from fieldsales.services.operations.files import KeepFile, KeepFiles, from_bytes, from_disk
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.thumbnails import thumbnail
from fieldsales.store.journal import Changed
from fieldsales.store.queries.files import files_of
from fieldsales.widgets.file_tiles import FileTiles
from fieldsales.widgets.incoming import Arrived, Incoming
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.open_copy import copied


def keep_files(context: Context, came: Iterable[Path | Arrived], **owners: str) -> None:
    """Keeps what came with the records named: one operation, read and made smaller in a job."""
    words, store = context.words, context.store
    found = list(came)
    longest = photos.side_wanted(store)
    stamp = context.look.clock.now().strftime("%Y-%m-%d %H%M%S")
    names = {
        one: f"{words(f'files.pasted_{one.ending}')} {stamp}.{one.ending}"
        for one in found
        if isinstance(one, Arrived)
    }

    def work(job: Job) -> _Came:
        taken = _Came()
        for at, one in enumerate(found):
            job.watch(at, len(found))
            try:
                if isinstance(one, Arrived):
                    file = from_bytes(names[one], one.read(), longest, **owners)
                else:
                    file = from_disk(one, longest, **owners)
            except UserError as trouble:
                taken.refused.append(trouble)
                continue
            taken.unseen = taken.unseen or photos.unseen(file.content)
            taken.files.append(file.stored_in(store.kept))  # large ones take their time
        return taken

    def done(taken: _Came) -> None:
        if taken.files:
            _run(context, taken)
        for trouble in taken.refused:
            context.tell(trouble)

    context.jobs.start(work, done, context.tell, words("files.keeping", n=len(found)))


@dataclass(slots=True)
class _Came:
    """What can be kept, why the rest cannot, and the kind of a photo that cannot be shown here."""

    files: list[KeepFile] = field(default_factory=list)
    refused: list[UserError] = field(default_factory=list)
    unseen: str = ""


def _run(context: Context, taken: _Came) -> None:
    words = context.words

    def said(changed: Changed) -> str:
        ids = changed.rows["attachment"]
        kept = context.store.record(Attachment, next(iter(ids)))
        told = words("files.kept", n=len(ids))
        if len(ids) == 1 and kept is not None:  # maybe under another name than it came with
            told = words("card.file_kept", name=kept.name)
        return f"{told} {words('files.unseen', kind=taken.unseen)}" if taken.unseen else told

    changed = context.run(KeepFiles(tuple(taken.files)), undoable=said)
    if changed is not None and not changed.rows:
        context.say(Message(words("files.there", n=len(taken.files)), "info", key="files"))


class KeptFiles(FileTiles):
    """The files of one record at a time. What comes is kept with `owners`, the record's own id
    among them; with a `page` it may be dropped and pasted anywhere on that, too.
    """

    wanted = Signal()  # it holds what was asked for, and is not in front

    def __init__(
        self,
        context: Context,
        page: QWidget | None = None,
        *,
        title: str = "card.files",
        add: str = "card.add_file",
    ) -> None:
        words = context.words
        super().__init__(context.look, context.jobs, words(title), words(add))
        self.context = context
        self.owners: dict[str, str] = {}
        self.page_incoming = Incoming(page) if page is not None else self.incoming
        if page is not None:
            self.page_incoming.came.connect(self.take)
            self.page_incoming.over.connect(self.show_over)
        context.file_wanted.connect(self._find)

    def stand_for(self, **owners: str | None) -> None:
        """From now on the files of another record."""
        given = {name: row_id for name, row_id in owners.items() if row_id}
        if given != self.owners:
            self.owners = given
            self.fold()

    @Slot(str)
    def _find(self, attachment_id: str) -> None:
        """Brings a file that was asked for into view, if it is here."""
        if self.holds(attachment_id) and not self.isVisible():
            self.wanted.emit()
        tile = self.reveal(attachment_id) if self.isVisible() else None
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        if tile is not None and page is not None:
            page.ensureWidgetVisible(tile, 0, self.context.look.theme.px(48))

    # what tiles ask for

    def thumbnail(self, kept: Attachment, side: int) -> bytes:
        return thumbnail(self.context.store, kept.sha256, side)

    def whose(self, kept: Attachment) -> str:
        """The record it belongs to more closely than to the one that is shown."""
        closest = next(name for name in reversed(FILE_OWNERS) if getattr(kept, name))
        shown = closest in self.owners
        return "" if shown else self.context.words(f"noun.{closest.removesuffix('_id')}")

    def take(self, came: Sequence[Path | Arrived]) -> None:
        """Keeps these with the record."""
        if self.owners:
            keep_files(self.context, came, **self.owners)

    def open(self, kept: Attachment) -> None:
        self.context.open_file(kept)

    def mark(self, kept: Attachment, shown: bool) -> None:
        self.context.run(EditRecord("attachment", kept.id, {"for_customer": int(shown)}))

    def rename(self, kept: Attachment, name: str) -> None:
        if not fitting(split(name)[0]):
            self.context.tell(UserError("files.no_name"))
            return
        fits = fitting(name)
        said = self.context.words("files.renamed", name=fits)
        self.context.run(EditRecord("attachment", kept.id, {"name": fits}), undoable=said)

    def trash(self, kept: Attachment) -> None:
        said = self.context.words("card.trashed", name=kept.name)
        self.context.run(TrashRecords("attachment", (kept.id,)), undoable=said)

    def copy(self, kept: Attachment) -> Path | None:
        try:
            return copied(*self._leaving(kept, whole=False))
        except (UserError, EnvironmentProblem) as trouble:
            self.context.tell(trouble)
            return None

    def save(self, kept: Attachment, *, whole: bool) -> None:
        """Asks where to, and writes a copy there."""
        context = self.context
        try:
            name, data = self._leaving(kept, whole=whole)
        except UserError as trouble:
            context.tell(trouble)
            return
        ending = split(name)[1]
        path = ask_where(
            context, self, context.words("files.save_as"), name, {f"(*{ending})": ending}
        )
        if path is not None:
            beside(context, path, partial(_written, path, data), "files.saved", "files.saving")

    def _leaving(self, kept: Attachment, *, whole: bool) -> tuple[str, bytes]:
        """Name and content of a copy for others, who need not know where a photo was taken."""
        data = self.context.store.kept.read(kept.sha256)
        return (kept.name, data) if whole else photos.without_place(kept.name, data)


def _written(path: Path, data: bytes, _job: Job) -> int:
    try:
        places.write_whole(path, data)
    except OSError as error:
        raise unwritten(path, error) from error
    return 1


class FilesOf(KeptFiles):
    """The files kept with one record of a noun. They follow changes by themselves."""

    def __init__(
        self,
        context: Context,
        noun: str,
        page: QWidget | None = None,
        *,
        title: str = "card.files",
        add: str = "card.add_file",
    ) -> None:
        super().__init__(context, page, title=title, add=add)
        self._noun = noun
        context.changed.connect(self._follow)

    def show_for(self, row_id: str, customer_id: str | None) -> None:
        """The files of this record, which is of that customer."""
        self.stand_for(**{f"{self._noun}_id": row_id, "customer_id": customer_id})
        self.show_files(files_of(self.context.store, self._noun, row_id))

    @Slot(object)
    def _follow(self, changed: Changed) -> None:
        row_id = self.owners.get(f"{self._noun}_id")
        if row_id and changed.touches("attachment"):
            self.show_files(files_of(self.context.store, self._noun, row_id))
