"""Checklists of one's own: made, copied from a shipped one, exported and imported as one file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldsales.domain.checklist import Checklist
from fieldsales.domain.checklist_edit import add_item, add_section, with_head, write
from fieldsales.domain.checklist_file import parse, read
from fieldsales.domain.file_name import fitting
from fieldsales.errors import EnvironmentProblem, Told
from fieldsales.methods.checklist.content import checklists, tables
from fieldsales.screens.contract import Context
from fieldsales.services.checklist_files import load, save
from fieldsales.services.operations.checklists import KeepChecklist
from fieldsales.store.queries.checklists import own_checklists
from fieldsales.widgets.message_bar import Message

_FOLDER = "library/checklist_folder"  # where the last file was, on this laptop
_KIND = "TOML (*.toml)"


def make(context: Context) -> str:
    """A new checklist with something to begin with; gives its id, '' if it was refused."""
    words = context.words
    table = with_head({}, words.language, title=words("checklists.new_title"), of="self")
    table, section = add_section(table, words("checklists.new_section"))
    table, _item = add_item(table, section, words("checklists.new_item"), "yes")
    return _keep(context, write(table), words("checklists.made"))


def copy(context: Context, code: str) -> str:
    """One of one's own that begins as another, which stays as it is; gives its id."""
    words = context.words
    own = context.store.record(Checklist, code)
    table = parse(own.text) if own is not None else tables(code)
    title = own.title if own is not None else checklists(words.language)[code].title
    named = with_head(table, words.language, title=words("checklists.copy_of", title=title))
    return _keep(context, write(named), words("checklists.copied", title=title))


def _keep(context: Context, text: str, said: str) -> str:
    kept = KeepChecklist(text, context.words.language)
    return kept.row_id if context.run(kept, undoable=said) is not None else ""


def ask_and_export(context: Context, parent: QWidget, code: str) -> None:
    """Asks for a file and writes the checklist into it."""
    words = context.words
    own = context.store.record(Checklist, code)
    title = own.title if own is not None else checklists(words.language)[code].title
    name = fitting(f"{title}.toml")
    chosen, _ = QFileDialog.getSaveFileName(
        parent, words("checklists.export"), str(_folder(context) / name), _KIND
    )
    if not chosen:
        return
    path = Path(chosen)
    if not path.suffix:
        path = path.with_name(f"{path.name}.toml")
    context.state.setValue(_FOLDER, str(path.parent))
    try:
        save(path, own.text if own is not None else write(tables(code)))
    except EnvironmentProblem as trouble:
        context.tell(trouble)
    else:
        context.say(Message(words("checklists.exported", name=path.name), "success"))


def ask_and_import(context: Context, parent: QWidget) -> str:
    """Asks for a file and takes the checklist in it up; gives its id, '' if there is none."""
    words = context.words
    chosen, _ = QFileDialog.getOpenFileName(
        parent, words("checklists.import"), str(_folder(context)), _KIND
    )
    if not chosen:
        return ""
    context.state.setValue(_FOLDER, str(Path(chosen).parent))
    try:
        return take_in(context, Path(chosen))
    except Told as trouble:
        context.tell(trouble)
        return ""


def take_in(context: Context, path: Path) -> str:
    """Keeps the checklist of a file, and gives its id; one that is kept already is only shown.

    Raises UserError, saying where, if the file holds none, EnvironmentProblem if it cannot be read.
    """
    words = context.words
    text = load(path, words.language)
    title = read(text, "", words.language).title
    known = next((one for one in own_checklists(context.store) if one.text == text), None)
    if known is not None:
        context.say(Message(words("checklists.known", title=title)))
        return known.id
    return _keep(context, text, words("checklists.imported", title=title))


def _folder(context: Context) -> Path:
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(str(context.state.value(_FOLDER) or usual))
