"""Files out of the window: what a list shows as a table, or everything there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldsales import places
from fieldsales.errors import unwritten
from fieldsales.screens.contract import Context
from fieldsales.services.calendar_file.writing import calendar
from fieldsales.services.exchange import files as exchange
from fieldsales.services.exporting import people_cards
from fieldsales.services.exporting.table import Table
from fieldsales.services.exporting.writing import write
from fieldsales.services.importing.sheet import Watch
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.message_bar import Message
from fieldsales.words import Words

_KINDS = {"Excel (*.xlsx)": ".xlsx", "CSV (*.csv)": ".csv"}
_EVERYTHING = (".xlsx", ".zip", ".json", ".vcf", ".ics")
# what is said once it is done, and what the work is called
_SAID = {
    ".vcf": ("exported.people", "export.kind.vcf"),
    ".ics": ("calendar.exported", "calendar.export"),
    "": ("exported.everything", "export.everything"),
}
_FACE = ("title", "subtitle", "chips", "aside", "below")  # of a row, where there is no table
FOLDER = "export/folder"  # where the last one went, on this laptop


def ask_and_export(context: Context, parent: QWidget, noun: str, make: Callable[[], Table]) -> None:
    """Asks for a file and writes the table into it, beside the window.

    Words: `noun.<noun>`, `export.<noun>` for the question, `exported.<noun>` once it is done.
    """
    words = context.words
    name = f"{words(f'noun.{noun}')}-{context.look.clock.today().isoformat()}.xlsx"
    path = ask_where(context, parent, words(f"export.{noun}"), name, _KINDS)
    if path is not None:
        _export(context, path, noun, make())


def ask_and_export_list(context: Context, parent: QWidget, title: str, listed: ListPage) -> None:
    """As `ask_and_export`, of what a list shows: narrowed and ordered as it is, in its own words.

    `title` is what the page is called.
    """
    words = context.words
    name = f"{title}-{context.look.clock.today().isoformat()}.xlsx"
    path = ask_where(context, parent, words("export.this_list"), name, _KINDS)
    if path is None:
        return
    _export(context, path, "list", _table(words, title, listed), "export.this_list")


def _table(words: Words, title: str, listed: ListPage) -> Table:
    """What a list shows; of one that has no columns the parts of its rows that say anything."""
    columns, rows = listed.model.columns, listed.told()
    if len(columns) > 1:
        return Table(title, tuple(words(column.title) for column in columns), rows)
    told = [at for at in range(len(_FACE)) if any(row[at] for row in rows)]
    heads = tuple(words(f"export.list.{_FACE[at]}") for at in told)
    return Table(title, heads, [tuple(row[at] for at in told) for row in rows])


def _export(context: Context, path: Path, noun: str, table: Table, title: str = "") -> None:
    def work(_job: Job) -> int:
        write(path, table)
        return len(table.rows)

    beside(context, path, work, f"exported.{noun}", title or f"export.{noun}")


def ask_and_export_everything(context: Context, parent: QWidget) -> None:
    """Asks for a file, and of which kind: all records, or people or the calendar for a phone."""
    words = context.words
    kinds = {f"{words(f'export.kind{suffix}')} (*{suffix})": suffix for suffix in _EVERYTHING}
    name = f"{words('export.file_name')}-{context.look.clock.today().isoformat()}.xlsx"
    path = ask_where(context, parent, words("export.everything"), name, kinds)
    if path is not None:
        export_everything(context, path)


def export_everything(context: Context, path: Path) -> None:
    """Writes what the name asks for, beside the window; stopped, it leaves nothing."""
    words, store = context.words, context.store

    def work(job: Job) -> int:
        try:
            if path.suffix.lower() == ".vcf":
                content, number = people_cards.cards(store)
                places.write_whole(path, content)
            elif path.suffix.lower() == ".ics":
                content, number = calendar(store, words)
                places.write_whole(path, content)
            else:
                number = exchange.export(store, path, words, Watch(job.progress, job.cancelled))
        except OSError as error:
            raise unwritten(path, error) from error
        finally:
            store.release()
        return number

    beside(context, path, work, *_SAID.get(path.suffix.lower(), _SAID[""]))


def ask_where(
    context: Context, parent: QWidget, title: str, name: str, kinds: Mapping[str, str]
) -> Path | None:
    """Asks for a place in the folder of the last time; `kinds` are endings by what they are called.

    A name without one of the endings gets that of the kind chosen.
    """
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(str(context.state.value(FOLDER) or usual))
    chosen, kind = QFileDialog.getSaveFileName(parent, title, str(folder / name), ";;".join(kinds))
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() not in kinds.values():
        path = path.with_name(path.name + kinds.get(kind, next(iter(kinds.values()))))
    context.state.setValue(FOLDER, str(path.parent))
    return path


def beside(
    context: Context,
    path: Path,
    work: Callable[[Job], int],
    done: str,
    title: str,
    *,
    sealed: bool = False,
) -> None:
    """Writes a file beside the window, says how much stands in it, and leads to its folder; where
    the data has a password and the file is not `sealed`, that it lies open.
    """
    words = context.words

    def say(number: int) -> None:
        said = [words(done, n=number, name=path.name)]
        if context.store.passphrase and not sealed:
            said.append(words("export.in_the_open"))
        context.say(
            Message(
                " ".join(said),
                "success",
                action=words("paper.open_folder"),
                act=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            )
        )

    context.jobs.start(work, say, context.tell, words(title))
