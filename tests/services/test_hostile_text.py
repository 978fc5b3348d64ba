"""Whatever stands in a text field stands there as typed: stored, read, found, in history, undone."""

from __future__ import annotations

import pytest

from fieldsales.domain import portfolio
from fieldsales.domain.fields import Kind, clean_text, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import FieldError, UserError
from fieldsales.services import checkup
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.operations.tags import TagCustomers
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.queries.hits import hits
from fieldsales.store.queries.settings import setting
from tests.naughty import ENDLESS, HOSTILE, SPOILT, typed
from tests.workspaces import Several, add, data_hash


def _required(workspace: Workspace, noun: str, text: str) -> dict[str, object]:
    """Something to refer to, and moments, where a record needs them."""
    values: dict[str, object] = {}
    for name, field in fields(NOUNS[noun]).items():
        if not field.required:
            continue
        if field.kind is Kind.REFERENCE:
            values[name] = add(workspace, field.noun, **_required(workspace, field.noun, "甲"))
        elif field.kind is Kind.MOMENT:
            values[name] = "2026-11-09T08:00:00Z"
        elif field.kind is Kind.DATE:
            values[name] = "2026-11-09"
        elif field.kind in (Kind.INTEGER, Kind.MONEY):
            values[name] = 3
        elif field.kind is Kind.CHOICE and not field.own:
            values[name] = field.choices[0]
        else:
            values[name] = text[: field.max_length].strip()
    if noun == "visit_item":  # stands in a visit, or is planned for a deal
        values["visit_id"] = add(workspace, "visit", **_required(workspace, "visit", "甲"))
    elif noun == "satisfaction":  # says nothing without a score
        values |= {"goods": 3, "scored_on": "2026-11-09"}
    elif noun in ("sale", "estimate"):
        values |= {"amount": 3, "currency": "CNY"}
    elif noun == "class_pin":
        values |= {"method": portfolio.STATUS, "code": portfolio.CLASSES[portfolio.STATUS][0]}
    return values


@pytest.mark.parametrize("noun", NOUNS)
def test_every_text_field_of_every_noun(workspace: Workspace, noun: str) -> None:
    needed = _required(workspace, noun, "甲")
    given = []
    for number, text in enumerate(HOSTILE):
        values = {name: text[: field.max_length].strip() for name, field in typed(noun).items()}
        given.append(values | {"name": f"{text} {number}"} if noun == "setting" else values)
    start = data_hash(workspace)
    added = [AddRecord(noun, needed | values) for values in given]
    workspace.run(Several(added))
    filled = data_hash(workspace)
    for one, values in zip(added, given, strict=True):
        kept = workspace.store.record(NOUNS[noun], one.row_id)
        assert {name: getattr(kept, name) for name in values} == values
        [entry] = workspace.journal.history(noun, one.row_id)
        assert {name: (entry.after or {})[name] for name in values} == values
    if given[0] and noun != "setting":
        other = dict.fromkeys(given[0], "别的")
        workspace.run(Several([EditRecord(noun, one.row_id, other) for one in added]))
        for one, values in zip(added, given, strict=True):
            assert workspace.journal.history(noun, one.row_id)[0].before == values
        workspace.undo()
        assert data_hash(workspace) == filled
    workspace.undo()
    assert data_hash(workspace) == start
    workspace.redo()
    assert data_hash(workspace) == filled
    # hashes of files, which are texts, too, were made up
    found = {finding["code"] for finding in checkup.findings(workspace.store)}
    assert found == ({"check.file_gone"} if noun == "attachment" else set())


@pytest.mark.parametrize("noun", NOUNS)
def test_what_cannot_be_kept_is_left_out_or_refused(workspace: Workspace, noun: str) -> None:
    open_fields = typed(noun)
    needed = _required(workspace, noun, "甲")
    for text in SPOILT:
        given = {name: text[: field.max_length] for name, field in open_fields.items()}
        added = AddRecord(noun, {**needed, **given})
        workspace.run(added)
        record = workspace.store.record(NOUNS[noun], added.row_id)
        for name, field in open_fields.items():
            stays = clean_text(given[name], lines=field.kind is Kind.NOTE)
            assert getattr(record, name) == stays
            assert stays
            assert not {"\x00", "\x1b", "\r", "\ud800"} & set(stays)
        workspace.undo()
    start = data_hash(workspace)
    for name, field in open_fields.items():
        edit = AddRecord(noun, {**needed, name: ENDLESS})
        if field.max_length >= len(ENDLESS):
            workspace.run(edit)
            assert getattr(workspace.store.record(NOUNS[noun], edit.row_id), name) == ENDLESS
            workspace.undo()
        else:
            with pytest.raises(FieldError) as caught:
                workspace.run(edit)
            assert (caught.value.code, caught.value.field) == ("field.too_long", name)
        assert data_hash(workspace) == start
    assert {finding["code"] for finding in checkup.findings(workspace.store)} <= {"check.file_gone"}


def test_anything_may_be_searched(workspace: Workspace) -> None:
    for text in (*HOSTILE, *SPOILT, ENDLESS, "", " ", "*"):
        add(workspace, "customer", name="海润", note=text[:20_000])
        hits(workspace.store, text)
    assert checkup.findings(workspace.store) == []


def test_a_name_is_found_as_it_was_typed(workspace: Workspace) -> None:
    for text in HOSTILE:
        if any(map(str.isalnum, text)):
            customer = add(workspace, "customer", name=text)
            found = [(hit.id, hit.title) for hit in hits(workspace.store, text)]
            assert found == [(customer, text)]
            workspace.undo()


def test_settings_tags_and_drafts(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    on_it = "SELECT name FROM tag t JOIN tagging g ON g.tag_id = t.id WHERE g.trashed_at IS NULL"
    for text in HOSTILE:
        word = text[:40].strip()
        workspace.run(ChangeSetting(text, {text: [text, None, 1.5]}))
        workspace.run(TagCustomers((customer,), add=(word,)))
        drafts.keep(workspace.store, "customer", customer, "employees", text)
        assert setting(workspace.store, text, None) == {text: [text, None, 1.5]}
        assert workspace.store.rows(on_it) == [(word,)]
        assert drafts.of(workspace.store, "customer", customer) == {"employees": text}
        workspace.run(TagCustomers((customer,), remove=(word,)))
    assert checkup.findings(workspace.store) == []


@pytest.mark.parametrize("row_id", ["\ud800", "\x00", "' OR 1=1 --", "", "x" * 100_000])
def test_ids_that_are_none(workspace: Workspace, row_id: str) -> None:
    customer = add(workspace, "customer", name="海润")
    before = data_hash(workspace)
    for operation in (
        EditRecord("customer", row_id, {"name": "x"}),
        AddRecord("deal", {"title": "x", "customer_id": row_id}),
        EditRecord("customer", customer, {"parent_id": row_id or "x"}),
    ):
        with pytest.raises(UserError):
            workspace.run(operation)
    assert data_hash(workspace) == before
