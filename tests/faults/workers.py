"""What the programs do that are killed in the middle: edits and imports, each told once it is in."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from pathlib import Path

from fieldsales import places
from fieldsales.services.importing import importer
from fieldsales.services.importing.reading import read
from fieldsales.services.importing.sheet import Options
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.merging import MergeRecords
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store import backup, conversion, drafts, restoring
from fieldsales.store.journal import Writer
from fieldsales.store.salvage import salvage
from fieldsales.store.sealing import opens
from fieldsales.store.search import warm_up

warm_up()  # once, before anything is forked

COUNTER = "counter"
ROWS = 150  # of each file that is imported


@dataclass(frozen=True)
class AddOne(Operation):
    """Customer number `number` with a person and a visit, and the counter moved on to it."""

    number: int

    def apply(self, writer: Writer) -> None:
        customer = writer.insert("customer", {"name": f"第{self.number}家", "region": "定边"})
        writer.insert("contact", {"name": "王建国", "customer_id": customer})
        started = {"customer_id": customer, "starts_at": "2026-11-09T08:00:00Z"}
        writer.insert("visit", started)
        writer.update("customer", COUNTER, {"note": str(self.number)})


def start(path: Path) -> None:
    """A file with the counter in it."""
    workspace = Workspace.open(path)
    workspace.run(AddRecord("customer", {"name": "计数", "note": "0"}, row_id=COUNTER))
    workspace.close()


def edit(path: Path, told: Path, eager: bool) -> None:
    """Adds customers until it is killed; tells each number once it is saved, and the draft."""
    with told.open("ab", buffering=0) as out:
        workspace = Workspace.open(path)
        if eager:  # folds the log into the file all the time
            workspace.store.connection.execute("PRAGMA wal_autocheckpoint = 10")
        number = int(workspace.store.value("SELECT note FROM customer WHERE id = ?", [COUNTER]))
        while True:
            number += 1
            workspace.run(AddOne(number))
            drafts.keep(workspace.store, "customer", COUNTER, "name", f"草稿{number}")
            out.write(f"{number}\n".encode())
            if number % 3 == 0:
                workspace.run(EditRecord("customer", COUNTER, {"region": str(number)}))
                workspace.undo()


def import_files(path: Path, told: Path, folder: Path) -> None:
    """Imports files until it is killed; tells the name of each once it is in."""
    with told.open("ab", buffering=0) as out:
        workspace = Workspace.open(path)
        while True:
            name = f"批{os.getpid()}-{workspace.store.value('SELECT count(*) FROM op')}-"
            table = folder / f"{name}.csv"
            lines = [f"{name}{row},定边,0912{row:07d}" for row in range(ROWS)]
            table.write_text("\n".join(["客户名称,地区,电话", *lines]), encoding="utf-8")
            sheet = read(table, Options())
            importer.run(workspace, sheet, importer.propose(workspace.store, sheet))
            out.write(f"{name}\n".encode())


def merge_often(path: Path, told: Path, _more: object) -> None:
    """Keeps files with customers and merges these until it is killed; tells each file once its
    customer is another, and that one.
    """
    with told.open("ab", buffering=0) as out:
        workspace = Workspace.open(path)
        while True:
            stays, goes = (
                AddRecord("customer", {"name": "海润"}),
                AddRecord("customer", {"name": "海閏"}),
            )
            kept = KeepFile("门头.jpg", os.urandom(3_000), customer_id=goes.row_id)
            person = AddRecord("contact", {"name": "王建国", "customer_id": goes.row_id})
            for operation in (stays, goes, person, kept):
                workspace.run(operation)
            workspace.run(MergeRecords("customer", stays.row_id, goes.row_id))
            out.write(f"{kept.sha256}:{stays.row_id}\n".encode())


def migrate_often(path: Path, told: Path, old: Path) -> None:
    """Opens a file of an older version again and again until it is killed."""
    with told.open("ab", buffering=0) as out:
        while True:
            backup.drop(path)
            places.write_whole(path, gzip.decompress(old.read_bytes()))
            out.write(b"there\n")
            Workspace.open(path).close()


def add_many(path: Path, who: str, count: int) -> None:
    """Adds and edits customers while other programs do the same, as commands do."""
    workspace = Workspace.open(path, patience=30)
    for number in range(count):
        added = AddRecord("customer", {"name": f"{who}{number}"})
        workspace.run(added)
        workspace.run(EditRecord("customer", added.row_id, {"region": who}))
    workspace.close()


def convert(path: Path, told: Path, passphrases: tuple[str, str]) -> None:
    """Gives a file one passphrase, then the other, until it is killed."""
    with told.open("ab", buffering=0) as out:
        has = next(one for one in passphrases if opens(path, one))
        other = next(one for one in passphrases if one != has)
        while True:
            conversion.convert(path, has, other)
            out.write(b"converted\n")
            has, other = other, has


def back_up_often(path: Path, told: Path, folder: Path) -> None:
    """Changes the file and backs it up until it is killed; tells each copy once it is made."""
    with told.open("ab", buffering=0) as out:
        workspace = Workspace.open(path)
        number = int(workspace.store.value("SELECT note FROM customer WHERE id = ?", [COUNTER]))
        while True:
            number += 1
            workspace.run(AddOne(number))
            out.write(f"{number}:{backup.back_up(workspace.store, folder).path.name}\n".encode())


def restore_often(path: Path, told: Path, copies: list[Path]) -> None:
    """Restores one copy after the other until it is killed; tells each once it is in its place."""
    with told.open("ab", buffering=0) as out:
        while True:
            for number, copy in enumerate(copies):
                restoring.restore(copy, path)
                out.write(f"{number}\n".encode())


def die_restoring(path: Path, copy: Path) -> None:
    """Restores a copy and is gone in the moment before that takes its place."""
    places.put = lambda *_: os._exit(9)
    restoring.restore(copy, path)


def salvage_often(path: Path, told: Path, folder: Path) -> None:
    """Salvages a file into one after the other until it is killed; tells each once it is made."""
    with told.open("ab", buffering=0) as out:
        while True:
            target = folder / f"{os.getpid()}-{len(list(folder.iterdir()))}.db"
            salvage(path, target)
            out.write(f"{target.name}\n".encode())
