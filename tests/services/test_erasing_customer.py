"""'Erase this customer': not one byte of the name in the file, its log, its files, later copies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldsales import places
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import UserError
from fieldsales.services import checkup
from fieldsales.services.copies import back_up_second
from fieldsales.services.erasing import erase_customer, older_copies, remove_older_copies
from fieldsales.services.operations.emptying import EmptyTrash
from fieldsales.services.operations.erasing import EraseCustomer
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.merging import MergeRecords
from fieldsales.services.operations.records import AddRecord, EditRecord, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.visits import ConcludeVisit, LogVisit
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.backup import back_up
from fieldsales.store.queries.hits import hits
from tests.workspaces import Add, data

NAME, SHORT, PHONE = "夔门骊珠牧业有限公司", "夔门骊珠", "0912-4455667"
PERSON, MOBILE = "亓官騄駬", "13900009988"
WORDS = (NAME, SHORT, PHONE, PERSON, MOBILE)


def _in(folder: Path) -> dict[str, set[str]]:
    """The words that stand in the bytes of anything in a folder, by file."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes() + path.name.encode()
            words = {word for word in WORDS if word.encode() in content}
            if words:
                found[path.name] = words
    return found


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def told(home: Path) -> Iterator[tuple[Workspace, str, str]]:
    """A customer that left every kind of trace, another that stays, in a file in `home`."""
    workspace = Workspace.open(home / "home" / "data" / "f.db")

    def add(noun: str, **values: object) -> str:
        from tests.workspaces import add as added

        return added(workspace, noun, **values)

    gone = add("customer", name=NAME, short_name=SHORT, phone=PHONE, note=f"{NAME}的备注")
    stays = add("customer", name="绿源养殖", parent_id=gone, note=f"和{SHORT}是一家，电话{PHONE}")
    person = add("contact", name=PERSON, customer_id=gone, mobile=MOBILE)
    deal = add("deal", title=f"{SHORT}年单", customer_id=gone)
    visit = LogVisit(gone)
    away = KeepFile("旧门头.jpg", SHORT.encode(), "photo", gone)
    for operation in (
        visit,
        ConcludeVisit(visit.row_id, {"their_action": f"{PERSON}试用"}),
        KeepFile(f"{SHORT}门头.jpg", NAME.encode(), "photo", gone),
        KeepFile("合同.pdf", PHONE.encode(), "report", deal_id=deal),
        away,
        TrashRecords("attachment", (away.row_id,)),
        EmptyTrash((("attachment", away.row_id),)),
        EditRecord("customer", gone, {"name": f"{NAME}（定边）"}),
        EditRecord("customer", gone, {"name": NAME}),
    ):
        workspace.run(operation)
    add("visit_item", visit_id=visit.row_id, text=f"问{SHORT}价格", kind="question")
    add("task", title=f"给{SHORT}回电", deal_id=deal)
    add("task", title=f"在绿源问{SHORT}", customer_id=stays, contact_id=person)
    need = add("need", text=f"{SHORT}要便宜", customer_id=gone)
    workspace.run(TrashRecords("need", (need,)))
    other = add("contact", name="赵某", customer_id=gone, note=SHORT)
    workspace.run(TrashRecords("contact", (other,)))
    add("deal_member", deal_id=deal, name="小李", duty=f"送{SHORT}")
    workspace.undo()  # of which only the journal knows
    drafts.keep(workspace.store, "customer", gone, "phone", f"{PHONE}分机")
    yield workspace, gone, stays
    workspace.close()


def test_nothing_is_left_anywhere_but_in_older_copies(
    told: tuple[Workspace, str, str], home: Path
) -> None:
    workspace, gone, stays = told
    store = workspace.store
    stick = home / "usb"
    stick.mkdir()
    back_up(store)
    back_up_second(store, stick)
    assert set().union(*_in(home).values()) == set(WORDS)
    erased = erase_customer(workspace, gone, stick)
    assert erased.named == ()
    left = set(_in(home))
    assert left == {copy.name for copy in erased.copies}
    assert len(erased.copies) == 2
    assert remove_older_copies(store, stick) == 2
    assert _in(home) == {}
    assert older_copies(store, stick) == []
    workspace.close()
    assert _in(home) == {}
    again = Workspace.open(store.path)
    assert checkup.findings(again.store) == []
    assert again.store.rows("SELECT id, parent_id FROM customer") == [(stays, None)]
    assert again.store.rows("SELECT title FROM task") == [("在绿源问××××",)]
    assert hits(again.store, SHORT) == []
    with pytest.raises(UserError):
        again.undo()
    again.close()


def test_a_drive_that_was_away_is_cleared_when_it_is_back(
    told: tuple[Workspace, str, str], home: Path
) -> None:
    workspace, gone, stays = told
    store, stick, bag = workspace.store, home / "stick", home / "bag"
    stick.mkdir()
    workspace.run(KeepFile("绿源.jpg", b"another's picture", "photo", stays))
    back_up_second(store, stick)
    stick.rename(bag)
    erase_customer(workspace, gone, stick)
    bag.rename(stick)
    back_up_second(store, stick)
    assert _in(stick)
    assert remove_older_copies(store, stick) == 1
    assert _in(stick) == {}
    kept = [path for path in stick.rglob("files/*/*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [b"another's picture"]


def test_another_that_bears_the_name_keeps_it(told: tuple[Workspace, str, str], add: Add) -> None:
    workspace, gone, stays = told
    from tests.workspaces import add as added

    branch = added(workspace, "customer", name=f"{NAME}榆林分公司")
    erased = erase_customer(workspace, gone)
    assert workspace.store.value("SELECT name FROM customer WHERE id = ?", [branch]) == (
        f"{NAME}榆林分公司"
    )
    assert ("customer", branch) in erased.named
    assert "×" in workspace.store.value("SELECT note FROM customer WHERE id = ?", [stays])


def test_what_was_merged_into_it_is_forgotten_too(
    told: tuple[Workspace, str, str], home: Path
) -> None:
    workspace, gone, stays = told
    for name in (NAME, "亓門驪駒牧業"):
        twin = AddRecord("customer", {"name": name, "phone": PHONE})
        workspace.run(twin)
        workspace.run(EditRecord("customer", stays, {"feeling_note": f"听{name}的"}))
        workspace.run(MergeRecords("customer", gone, twin.row_id))
    erase_customer(workspace, gone)
    content = (home / "home" / "data" / "f.db").read_bytes()
    assert not [word for word in (*WORDS, "亓門驪駒牧業") if word.encode() in content]
    assert checkup.findings(workspace.store) == []


def test_what_it_was_called_before_is_forgotten_and_its_people_elsewhere_are_told(
    told: tuple[Workspace, str, str], home: Path
) -> None:
    workspace, gone, stays = told
    former = "夔门骊驹饲料厂"
    for name in ("夔门", former, NAME):
        workspace.run(EditRecord("customer", gone, {"name": name, "note": name}))
        workspace.run(EditRecord("customer", gone, {"region": name}))  # else it is one typing
    said = f"{former}改制以前问过夔门，{PERSON}在场"
    named = AddRecord("task", {"title": said, "customer_id": stays})
    filtered = AddRecord("saved_filter", {"noun": "customer", "name": SHORT, "definition": "{}"})
    for operation in (named, filtered):
        workspace.run(operation)
    found = erase_customer(workspace, gone)
    [title] = workspace.store.rows("SELECT title FROM task WHERE id = ?", [named.row_id])
    assert title == (f"{'×' * len(former)}改制以前问过夔门，{PERSON}在场",)
    assert {("task", named.row_id), ("saved_filter", filtered.row_id)} <= {*found.named}


def test_what_an_open_form_still_holds_of_it_is_not_kept(
    told: tuple[Workspace, str, str], home: Path
) -> None:
    workspace, gone, stays = told
    deal = workspace.store.value("SELECT id FROM deal WHERE customer_id = ?", [gone])
    erase_customer(workspace, gone)
    for noun, row_id in (("customer", gone), ("deal", deal)):
        drafts.keep(workspace.store, noun, row_id, "note", f"{NAME}说")
        assert drafts.of(workspace.store, noun, row_id) == {}
    for row_id in (stays, drafts.NEW):
        drafts.keep(workspace.store, "customer", row_id, "note", "别家说")
        assert drafts.of(workspace.store, "customer", row_id) == {"note": "别家说"}


def test_it_is_there_once_only(told: tuple[Workspace, str, str]) -> None:
    workspace, gone, _ = told
    workspace.run(TrashRecords("customer", (gone,)))
    erase_customer(workspace, gone)
    with pytest.raises(UserError, match=r"record\.gone"):
        erase_customer(workspace, gone)
    assert checkup.findings(workspace.store) == []


def test_customers_of_the_sample_can_be_erased(workspace: Workspace) -> None:
    workspace.run(LoadSample(), wait=5)
    before = data(workspace)
    rows = workspace.store.rows(
        "SELECT c.id, c.name FROM customer c ORDER BY (SELECT count(*) FROM visit v"
        " WHERE v.customer_id = c.id) DESC LIMIT 6"
    )
    for row_id, _ in rows:
        workspace.run(EraseCustomer(row_id), wait=5)
    assert checkup.findings(workspace.store) == []
    after = data(workspace)
    ids = {row_id for row_id, _ in rows}
    for noun in NOUNS:
        assert not [row for row in after[noun] if ids & set(map(str, row))], noun
    assert len(after["customer"]) == len(before["customer"]) - len(rows)
    for row_id, name in rows:
        where = "instr(coalesce(before, '') || coalesce(after, ''), ?)"
        assert not workspace.store.value(f"SELECT count(*) FROM change WHERE {where}", [name])
        assert not workspace.store.value(
            "SELECT count(*) FROM change WHERE tbl = 'customer' AND row_id = ?", [row_id]
        )
    assert places.files_folder(workspace.store.path)
