"""Everything goes out and comes in again the same, whole or not at all."""

from __future__ import annotations

import gc
import json
import warnings
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.domain.customer import Customer
from fieldsales.errors import Cancelled, UserError
from fieldsales.services.checkup import findings
from fieldsales.services.exchange.files import export, known, package
from fieldsales.services.exchange.package import Package
from fieldsales.services.exchange.taking import Counts, Wish, survey
from fieldsales.services.importing.sheet import Watch
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.operations.taking import take
from fieldsales.services.workspace import Workspace
from fieldsales.words import Words
from tests.faults.conftest import room
from tests.naughty import HOSTILE, SPOILT, WriteEverywhere
from tests.workspaces import TODAY, add, data

Export = Callable[[Workspace, str], Package]


@pytest.fixture
def exported(tmp_path: Path) -> Export:
    """What a file of the given ending brings of a workspace."""

    def write(workspace: Workspace, suffix: str = ".json", language: str = "zh_CN") -> Package:
        path = tmp_path / f"全部{suffix}"
        assert export(workspace.store, path, Words(language)) > 0
        found = package(path)
        assert found is not None
        return found

    return write


@pytest.mark.parametrize("suffix", [*known()])
def test_an_empty_file_gets_the_same(
    suffix: str, sample: Workspace, empty: Workspace, exported: Export
) -> None:
    add(empty, "setting", name="money.currency", value='"EUR"')  # its language was chosen first
    came = exported(sample, suffix)
    before = data(empty)
    found = survey(empty.store, came, Wish("theirs"), Watch())
    assert data(empty) == before
    done = take(empty, came, Wish("theirs"))
    assert done.counts == found.counts
    assert data(empty) == data(sample)
    assert came.files_in == (not findings(empty.store))  # a workbook has no room for contents
    again = take(empty, came)
    assert (again.changes, again.total.left, again.op) == (0, 0, None)
    assert done.op is not None
    empty.undo(done.op)
    assert data(empty) == before


@pytest.mark.parametrize("suffix", [".json", ".zip"])
def test_contents_of_files_come_along(
    suffix: str, sample: Workspace, empty: Workspace, exported: Export
) -> None:
    assert take(empty, exported(sample, suffix)).missing == 0
    kept = empty.store.rows("SELECT sha256 FROM attachment")
    assert kept
    for (sha256,) in kept:
        assert empty.store.kept.read(sha256) == sample.store.kept.read(sha256)


@pytest.mark.parametrize("suffix", [*known()])
def test_hostile_texts_come_back_as_they_were(
    suffix: str, workspace: Workspace, empty: Workspace, exported: Export
) -> None:
    add(workspace, "customer", name="长", note="长" * 20_000)
    for text in (*HOSTILE, *SPOILT):
        lines = f"{text}\n\n {text}"
        customer = add(workspace, "customer", name=text, note=lines, source=text[:40])
        add(workspace, "contact", name=text, customer_id=customer, mobile=text[:60])
        amounts = {"amount": 10**14, "dated": "1900-01-01", "quantity": "0.10"}
        add(workspace, "sale", customer_id=customer, product_name=text, **amounts)
        add(workspace, "sale", customer_id=customer, dated="2026-02-28", amount=-1, currency="JPY")
    workspace.run(ChangeSetting("a.long", [*HOSTILE] * 20))
    take(empty, exported(workspace, suffix, "en"), Wish("theirs"))
    assert data(empty) == data(workspace)


@pytest.mark.parametrize("suffix", [*known()])
def test_any_text_in_any_field_comes_back(
    suffix: str, sample: Workspace, empty: Workspace, exported: Export
) -> None:
    sample.run(WriteEverywhere([*HOSTILE, *SPOILT]))
    take(empty, exported(sample, suffix, "en"), Wish("theirs"))
    assert data(empty) == data(sample)


def test_of_two_that_differ_the_newer_stays(
    workspace: Workspace, empty: Workspace, exported: Export
) -> None:
    ids = [add(workspace, "customer", name=name) for name in ("海润", "绿源", "大地")]
    take(empty, exported(workspace))
    _later(workspace, 1).run(EditRecord("customer", ids[0], {"note": "旧"}))
    _later(empty, 2).run(EditRecord("customer", ids[0], {"note": "新"}))
    empty.run(EditRecord("customer", ids[1], {"note": "旧"}))
    _later(workspace, 3).run(EditRecord("customer", ids[1], {"note": "新"}))
    workspace.run(EditRecord("customer", ids[2], {"note": "只在那边改"}))
    found = take(empty, exported(workspace))
    assert found.counts["customer"] == Counts(changed=2, left=1)
    assert _notes(empty, ids) == ["新", "新", "只在那边改"]
    assert take(empty, exported(workspace), Wish("ours")).changes == 0
    assert take(empty, exported(workspace), Wish("theirs")).changes == 1
    assert _notes(empty, ids) == ["旧", "新", "只在那边改"]


def test_who_each_changed_something_else_lose_nothing(
    workspace: Workspace, empty: Workspace, exported: Export, tmp_path: Path
) -> None:
    customer = add(workspace, "customer", name="海润", phone="1111", note="旧")
    deal = add(workspace, "deal", title="年单", customer_id=customer, amount=100, currency="CNY")
    take(empty, exported(workspace))
    here, there = _later(workspace, 1), _later(empty, 2)
    here.run(EditRecord("customer", customer, {"phone": "2222", "note": "这边"}))
    here.run(EditRecord("deal", deal, {"amount": 900, "currency": "USD"}))
    there.run(EditRecord("customer", customer, {"address": "定边县", "note": "那边"}))
    there.run(EditRecord("deal", deal, {"amount": 700}))
    back = tmp_path / "back.json"
    export(empty.store, back, Words())
    came = package(back)
    assert came is not None
    take(workspace, came)
    joined = {"phone": "2222", "address": "定边县", "note": "那边"}
    found = workspace.store.record(Customer, customer)
    assert {name: getattr(found, name) for name in joined} == joined
    # an amount is one with its currency: the newer of both
    money = "SELECT amount, currency FROM deal"
    assert workspace.store.rows(money) == [(700, "CNY")]
    take(empty, exported(_later(workspace, 3)))
    assert data(empty) == data(workspace)
    _later(empty, 4).run(EditRecord("customer", customer, {"phone": "1111"}))  # knowing the other
    export(empty.store, back, Words())
    came = package(back)
    assert came is not None
    take(workspace, came)
    assert workspace.store.value("SELECT phone FROM customer") == "1111"


def test_an_older_export_takes_nothing_back(
    workspace: Workspace, empty: Workspace, tmp_path: Path, exported: Export
) -> None:
    customer = add(workspace, "customer", name="海润")
    old = exported(workspace)
    kept = (tmp_path / "全部.json").rename(tmp_path / "旧.json")
    assert old is not None
    _later(workspace, 1).run(EditRecord("customer", customer, {"note": "新"}))
    take(empty, exported(workspace))
    came = package(kept)
    assert came is not None
    assert take(empty, came).total.left == 1
    assert _notes(empty, [customer]) == ["新"]


def test_what_went_into_the_trash_goes_there(
    workspace: Workspace, empty: Workspace, exported: Export
) -> None:
    customer = add(workspace, "customer", name="海润")
    take(empty, exported(workspace))
    _later(workspace, 1).run(TrashRecords("customer", (customer,)))
    take(empty, exported(workspace))
    assert data(empty) == data(workspace)


def test_of_settings_of_a_name_one_stays(
    workspace: Workspace, empty: Workspace, exported: Export
) -> None:
    empty.run(ChangeSetting("money.currency", "EUR"))
    _later(workspace, 1).run(ChangeSetting("money.currency", "TWD"))
    came = exported(workspace)
    assert take(empty, came, Wish("ours")).counts["setting"] == Counts(left=1)
    assert take(empty, came).counts["setting"] == Counts(new=1)
    assert data(empty) == data(workspace)


@pytest.mark.parametrize("suffix", [*known()])
def test_it_can_be_stopped(
    suffix: str, sample: Workspace, empty: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path, before = folder / f"全部{suffix}", data(empty)
    told: list[int] = []
    stopped = Watch(lambda done, _total: told.append(done), lambda: len(told) > 1)
    with pytest.raises(Cancelled):
        export(sample.store, path, Words(), stopped)
    assert not [*folder.iterdir()]
    export(sample.store, path, Words())
    came = package(path)
    assert came is not None
    with pytest.raises(Cancelled):
        take(empty, came, watch=Watch(cancelled=lambda: True))
    assert data(empty) == before


@pytest.mark.parametrize("suffix", [*known()])
def test_where_there_is_no_room_nothing_is_left(
    suffix: str, workspace: Workspace, tmp_path: Path
) -> None:
    add(workspace, "customer", name="海润", note="长" * 500)
    folder = tmp_path / "out"
    folder.mkdir()
    with room(1_000), pytest.raises(OSError, match="File too large"):
        export(workspace.store, folder / f"全部{suffix}", Words())
    assert not [*folder.iterdir()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the workbook's library closes no rows
        gc.collect()


def test_what_an_older_version_did_not_know_is_as_usual(
    workspace: Workspace, empty: Workspace, tmp_path: Path
) -> None:
    customer = add(workspace, "customer", name="海润", note="老客户")
    add(workspace, "contact", name="王建国", customer_id=customer)
    export(workspace.store, tmp_path / "new.json", Words())
    lines = [json.loads(line) for line in (tmp_path / "new.json").read_text("utf-8").splitlines()]
    at = lines[1]["columns"].index("special_policy")
    older = [{**lines[0], "schema": 15}]
    for line in lines[1:3]:
        cells = line["columns"] if isinstance(line, dict) else line
        del cells[at]
    older += lines[1:]
    path = tmp_path / "old.json"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in older), "utf-8")
    came = package(path)
    assert came is not None
    take(empty, came)
    assert data(empty) == data(workspace)
    workspace.run(EditRecord("customer", customer, {"special_policy": 1}))  # it cannot know that
    assert take(workspace, came, Wish("theirs")).changes == 0


def test_a_name_without_a_known_ending_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"export\.unknown_format"):
        export(workspace.store, tmp_path / "x.pdf", Words())


def test_a_file_that_is_gone_is_told(
    workspace: Workspace, empty: Workspace, exported: Export
) -> None:
    workspace.run(KeepFile("门头.jpg", b"photo", customer_id=None))
    [(sha256,)] = workspace.store.rows("SELECT sha256 FROM attachment")
    workspace.store.kept.drop(sha256)
    assert take(empty, exported(workspace)).missing == 1


def _later(workspace: Workspace, days: int) -> Workspace:
    """The same file, so many days on."""
    workspace.store.clock = Clock(TODAY + timedelta(days=days))
    return workspace


def _notes(workspace: Workspace, ids: list[str]) -> list[str]:
    found = dict(workspace.store.rows("SELECT id, note FROM customer"))
    return [found[row_id] for row_id in ids]
