"""What is broken or meant badly is refused with a word, and nothing is changed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fieldsales.errors import UserError
from fieldsales.services.exchange.files import export, package
from fieldsales.services.operations.taking import take
from fieldsales.services.workspace import Workspace
from fieldsales.words import Words
from tests.workspaces import add, data

Lines = list[Any]


@pytest.fixture
def lines(workspace: Workspace, tmp_path: Path) -> Lines:
    """An export of a customer with a person, line by line."""
    customer = add(workspace, "customer", name="海润牧业")
    add(workspace, "contact", name="王建国", customer_id=customer)
    export(workspace.store, tmp_path / "whole.json", Words())
    text = (tmp_path / "whole.json").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _head(lines: Lines, **values: object) -> Lines:
    return [{**lines[0], **values}, *lines[1:]]


def _row(lines: Lines, table: str, column: str, value: object) -> Lines:
    """With another value in a table's first row."""
    at = next(
        i for i, line in enumerate(lines) if isinstance(line, dict) and line.get("table") == table
    )
    row = [*lines[at + 1]]
    row[lines[at]["columns"].index(column)] = value
    return [*lines[: at + 1], row, *lines[at + 2 :]]


def _columns(lines: Lines, change: Callable[[list[str]], list[str]]) -> Lines:
    return [
        {**line, "columns": change(line["columns"])}
        if isinstance(line, dict) and line.get("table") == "customer"
        else line
        for line in lines
    ]


SPOILT: dict[str, tuple[str, Callable[[Lines], Lines]]] = {
    "a newer schema": ("newer", lambda it: _head(it, schema=9_999)),
    "no schema": ("damaged", lambda it: _head(it, schema=None)),
    "no moment": ("damaged", lambda it: _head(it, made_at="2026-99-99T00:00:00Z")),
    "no tables": ("damaged", lambda it: _head(it, tables=3)),
    "cut at a line": ("cut_off", lambda it: it[:-2]),
    "a row too few": ("bad_row", lambda it: [*it[:2], *it[3:]]),
    "another table": (
        "bad_row",
        lambda it: [it[0], {"table": "op", "columns": ["id"]}, ["x"], it[-1]],
    ),
    "another column": ("unknown", lambda it: _columns(it, lambda old: [*old[:-1], "evil"])),
    "a column twice": ("unknown", lambda it: _columns(it, lambda old: [*old[:-1], "id"])),
    "10^6 columns": ("bad_row", lambda it: _columns(it, lambda _: ["x"] * 1_000_000)),
    "columns of none": ("bad_row", lambda it: _columns(it, lambda _: [])),
    "a list for a name": ("bad_row", lambda it: _row(it, "customer", "name", ["海润"])),
    "no name": ("bad_row", lambda it: _row(it, "customer", "name", " ")),
    "a name too long": ("bad_row", lambda it: _row(it, "customer", "name", "长" * 5_000)),
    "an id with a path": ("bad_row", lambda it: _row(it, "customer", "id", "../../etc/passwd")),
    "no id": ("bad_row", lambda it: _row(it, "customer", "id", None)),
    "a moment that is none": ("bad_row", lambda it: _row(it, "customer", "created_at", "gestern")),
    "a day that is none": (
        "bad_row",
        lambda it: _row(it, "customer", "created_at", "2026-99-99T00:00:00Z"),
    ),
    "a flag that is true": ("bad_row", lambda it: _row(it, "customer", "special_policy", True)),
    "a number without end": ("bad_row", lambda it: _row(it, "customer", "employees", 10**400)),
    "a fraction": ("bad_row", lambda it: _row(it, "customer", "employees", 1.5)),
    "nobody's person": ("dangling", lambda it: _row(it, "contact", "customer_id", "nobody")),
    "above itself": (
        "damaged",
        lambda it: _row(it, "customer", "parent_id", it[2][it[1]["columns"].index("id")]),
    ),
    "numbers between": ("bad_row", lambda it: [*it[:2], 7, *it[2:]]),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_a_spoilt_file_is_refused(
    kind: str, lines: Lines, empty: Workspace, tmp_path: Path
) -> None:
    code, spoil = SPOILT[kind]
    assert lines[1]["table"] == "customer"
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in spoil(lines))
    _refused(empty, tmp_path, text.encode(), code)


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (b"[" * 200_000 + b"\n", "bad_row"),
        (b'["' + b"x" * 9_000_000 + b'"]\n', "bad_row"),
        (b"\xff\xfe\x00\n", "bad_row"),
        (b'["half a row', "cut_off"),
        (b'{"file": "x"}\n"???"\n{"end": 0}\n', "cut_off"),
    ],
    ids=["deep", "long", "no text", "half a line", "no piece"],
)
def test_a_spoilt_end_is_refused(
    end: bytes, code: str, lines: Lines, empty: Workspace, tmp_path: Path
) -> None:
    begun = "".join(f"{json.dumps(line)}\n" for line in lines[:-1]).encode()
    if code == "cut_off" and end.startswith(b"{"):
        end = end[: end.rindex(b"{")]
    _refused(empty, tmp_path, begun + end, code)


def test_a_file_of_others_is_not_ours(tmp_path: Path) -> None:
    for name, content in (("a.json", b"[]"), ("b.json", b""), ("c.json", b"\0\1\2" * 99)):
        (tmp_path / name).write_bytes(content)
        assert package(tmp_path / name) is None


def _zip(lines: Lines, folder: Path, **members: bytes) -> Path:
    """An index that names nothing, with what is given beside it."""
    path = folder / "spoilt.zip"
    head = f"schema,{lines[0]['schema']},,\nmade_at,{lines[0]['made_at']},,\ncurrency,CNY,,\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("fieldsales.csv", head.encode() + members.pop("index", b""))
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"../../evil.csv": b"x"}, "damaged"),
        ({"/etc/passwd": b"x"}, "damaged"),
        ({"C:\\evil": b"x"}, "damaged"),
        ({"x.csv": bytes(60_000_000)}, "unpacks_too_big"),
        ({"index": b"sheet,x,customer,1\n"}, "damaged"),
        ({"index": b"sheet,x,customer,9e999\n"}, "damaged"),
        ({"index": b"schema,99999,,\n"}, "newer"),
        ({"index": b"sheet,x,op,1\n", "x.csv": b"id\n1\n"}, "unknown"),
        ({"index": b"sheet,x,customer,1\n", "x.csv": b"id\n1\n"}, "unknown"),
        ({"index": b"sheet,x,customer,1\n", "x.csv": b"," * 1_000_000}, "unknown"),
        ({"index": b"sheet,x,customer,1\n", "x.csv": b'"' + bytes(500_000)}, "damaged"),
    ],
    ids=["up", "root", "drive", "bomb", "lacking", "endless", "newer", "journal", "no columns",
         "10^6 columns", "one cell"],
)  # fmt: skip
def test_a_spoilt_zip_is_refused(
    members: dict[str, bytes], code: str, lines: Lines, empty: Workspace, tmp_path: Path
) -> None:
    before = data(empty)
    path = _zip(lines, tmp_path, **members)
    with pytest.raises(UserError) as told:
        _take(empty, path)
    assert told.value.code in (f"exchange.{code}", f"import.error.{code}")
    assert data(empty) == before


def test_a_zip_or_a_workbook_of_others_is_not_ours(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x.csv", b"1,2")
    assert package(tmp_path / "a.zip") is None
    (tmp_path / "a.zip").rename(tmp_path / "a.xlsx")
    assert package(tmp_path / "a.xlsx") is None
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert package(tmp_path / "b.xlsx") is None


def _refused(empty: Workspace, folder: Path, content: bytes, code: str) -> None:
    path, before = folder / "spoilt.json", data(empty)
    path.write_bytes(content)
    with pytest.raises(UserError) as told:
        _take(empty, path)
    assert told.value.code == f"exchange.{code}"
    assert Words("en")(told.value.code, **told.value.params)
    assert data(empty) == before


def _take(workspace: Workspace, path: Path) -> None:
    found = package(path)
    assert found is not None
    take(workspace, found)
