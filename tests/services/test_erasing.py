"""'Erase this person': nothing of them is left in the file, its log and later copies (design 2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fieldsales import places
from fieldsales.domain.clock import Clock
from fieldsales.domain.contact import Contact
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.money.proposal import Proposal
from fieldsales.domain.money.receivable import CollectingStep
from fieldsales.domain.need import Need
from fieldsales.domain.visit import Visit
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.services import checkup
from fieldsales.services.erasing import erase, finish, older_copies, remove_older_copies
from fieldsales.services.operations.emptying import EmptyTrash
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.files import KeepFile, from_bytes
from fieldsales.services.operations.merging import MergeRecords
from fieldsales.services.operations.people import RateNeed, StartAssessment, TickClue, UntickClue
from fieldsales.services.operations.proposal_signing import SignProposal, UnsignProposal
from fieldsales.services.operations.proposals import (
    AddProposalLine,
    MakeProposalFinal,
    SetEnclosures,
    StartProposal,
)
from fieldsales.services.operations.receivables import NoteCollecting
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.visits import ConcludeVisit, LogVisit, SetVisitPerson
from fieldsales.services.thumbnails import thumbnail
from fieldsales.services.workspace import Workspace
from fieldsales.store import _connection, drafts
from fieldsales.store.backup import back_up
from fieldsales.store.database import Store
from fieldsales.store.erasure import KIND
from fieldsales.store.queries.hits import hits
from fieldsales.store.queries.people import people, profile
from tests.pictures import picture
from tests.workspaces import add, data

NAME, MOBILE, MAIL, WECHAT = "夔牧野", "13800007788", "kuimuye@example.com", "wx_kuimuye"
HAND = "[[[711,222],[713,277]]]"  # what they drew to sign
TRACES = (NAME, MOBILE, MAIL, WECHAT, HAND)


class Told:
    """A file in which one person has left every kind of trace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.customer = add(workspace, "customer", name="海润牧业", note=f"{NAME}说了算")
        self.person = add(
            workspace,
            "contact",
            name=NAME,
            customer_id=self.customer,
            mobile=MOBILE,
            email=MAIL,
            messenger=WECHAT,
            preferences=f"打{MOBILE}找他",
        )
        self.below = add(
            workspace,
            "contact",
            name="李明",
            customer_id=self.customer,
            reports_to_id=self.person,
            note=f"听{NAME}的",
        )
        about = {"customer_id": self.customer, "contact_id": self.person}
        self.need = add(workspace, "need", **about, text=f"{NAME}要便宜")
        add(workspace, "buying_role", **about, role="user", evidence=f"{NAME}自己说的")
        add(workspace, "task", **about, title=f"给{NAME}回电")
        add(workspace, "interaction", **about, at="2026-11-01T08:00:00Z", text=f"{NAME}来电")
        add(workspace, "deal", customer_id=self.customer, title=f"{NAME}的预混料")
        self.visit = LogVisit(self.customer).row_id
        visit = LogVisit(self.customer)
        self.visit = visit.row_id
        named = KeepFile(f"{NAME} 四象限.pdf", f"{NAME}的报告".encode(), "report", self.customer)
        begun = StartProposal({"customer_id": self.customer})
        self.signed, taken_back, self.others = (self._final(at) for at in range(3))
        invoice = add(workspace, "receivable", customer_id=self.customer, amount=500)
        promised = {"contact_id": self.person, "promised_on": "2026-12-01", "note": f"{NAME}答应"}
        self.step = NoteCollecting(invoice, promised, task=f"看{NAME}付了没有")
        clue = TickClue(self.person, "words_a1", visit.row_id, note=f"{NAME}按计算器")
        for operation in (
            visit,
            SetVisitPerson(visit.row_id, self.person, met=True),
            clue,
            UntickClue(clue.row_id),
            TickClue(self.person, "words_b1"),
            RateNeed(self.customer, "power", 2, self.person, f"{NAME}没点头"),
            StartAssessment(self.person),
            ConcludeVisit(visit.row_id, {"their_action": f"{NAME}试用 3 吨"}),
            named,
            self.step,
            SignProposal(self.signed, NAME, HAND, b"%PDF-1", "建议书一.pdf"),
            SignProposal(taken_back, NAME, HAND, b"%PDF-2", "建议书二.pdf"),
            UnsignProposal(taken_back),
            SignProposal(self.others, "李明", "[[[1,2],[3,4]]]", b"%PDF-3", "建议书三.pdf"),
            KeepFile("拜访报告.pdf", b"%PDF", "report", self.customer),
            begun,
            SetEnclosures(begun.row_id, [(named.row_id, 1)]),
            EditRecord("contact", self.person, {"name": f"{NAME}（场长）"}),
            EditRecord("contact", self.person, {"name": NAME}),
        ):
            workspace.run(operation)
        add(workspace, "visit_item", visit_id=visit.row_id, text=f"问{NAME}价格", kind="question")
        workspace.undo()
        drafts.keep(workspace.store, "contact", self.person, "birthday", "五月")
        drafts.keep(workspace.store, "visit", visit.row_id, "note", f"{NAME}说")

    def _final(self, at: int) -> str:
        begun = StartProposal({"customer_id": self.customer})
        line = AddProposalLine(begun.row_id, {"product_name": "乳猪宝", "price": "9160"})
        for operation in (begun, line, MakeProposalFinal(begun.row_id, f"Q{at}")):
            self.workspace.run(operation)
        return begun.row_id


@pytest.fixture
def told(db_path: Path) -> Iterator[Told]:
    workspace = Workspace.open(db_path, Clock(date(2026, 11, 9)))
    yield Told(workspace)
    workspace.close()


def traces(path: Path, words: tuple[str, ...] = TRACES) -> set[str]:
    """The words that stand somewhere in the bytes of a file or its log."""
    content = b"".join(
        part.read_bytes() for part in (path, path.with_name(f"{path.name}-wal")) if part.exists()
    )
    return {word for word in words if word.encode() in content}


def test_nothing_is_left_in_the_file_its_log_and_later_copies(told: Told, db_path: Path) -> None:
    store = told.workspace.store
    before = back_up(store)
    assert traces(db_path) == set(TRACES)
    erased = erase(told.workspace, told.person)
    assert traces(db_path) == set()
    assert traces(back_up(store).path) == set()
    told.workspace.close()
    assert traces(db_path) == set()
    assert "kuimuye" not in db_path.read_bytes().decode("latin-1")
    assert traces(before.path) == set(TRACES)  # as the user is told
    assert erased.copies == (before.path,)
    told.workspace = Workspace.open(db_path)
    assert checkup.findings(told.workspace.store) == []


def test_what_they_signed_and_promised_no_longer_names_them(told: Told) -> None:
    erase(told.workspace, told.person)
    store = told.workspace.store
    signed, others = (store.record(Proposal, one) for one in (told.signed, told.others))
    step = store.record(CollectingStep, told.step.row_id)
    assert signed is not None
    assert others is not None
    assert step is not None
    assert (signed.signed_by, signed.signature) == ("×××", "")
    assert signed.signed_at  # that somebody did stays
    assert (others.signed_by, others.signature) == ("李明", "[[[1,2],[3,4]]]")
    assert (step.contact_id, step.note, step.promised_on) == (None, "×××答应", "2026-12-01")
    [task] = store.rows("SELECT title FROM task WHERE kind = 'collect'")
    assert task == ("看×××付了没有",)


def test_what_is_typed_of_them_afterwards_is_not_kept(told: Told) -> None:
    erase(told.workspace, told.person)
    drafts.keep(told.workspace.store, "contact", told.person, "note", f"{NAME}说")
    assert drafts.latest(told.workspace.store) is None
    assert drafts.of(told.workspace.store, "contact", told.person) == {}


def test_what_is_about_others_stays(told: Told) -> None:
    store = told.workspace.store
    erased = erase(told.workspace, told.person)
    assert (erased.named, erased.papers) == ((), 4)  # told, as what is printed stays
    found = people(store, told.customer)
    assert [row.contact.name for row in found.rows] == ["李明"]
    assert found.rows[0].contact.reports_to_id is None
    assert found.rows[0].contact.note == "听×××的"
    [need] = store.records(Need, "SELECT * FROM need")
    assert (need.text, need.contact_id) == ("×××要便宜", None)
    visit = store.record(Visit, told.visit)
    assert visit is not None
    assert visit.their_action == "×××试用 3 吨"
    assert store.rows("SELECT title, contact_id FROM task WHERE contact_id IS NOT NULL") == []
    for table in ("buying_role", "enclosure", "clue", "assessment", "need_rating", "visit_person"):
        assert store.value(f"SELECT count(*) FROM {table}") == 0
    kept = {name for (name,) in store.rows("SELECT name FROM attachment")}
    assert kept == {"建议书一.pdf", "建议书二.pdf", "建议书三.pdf", "拜访报告.pdf"}
    files = [path for path in places.files_folder(store.path).rglob("*") if path.is_file()]
    assert {path.read_bytes() for path in files} == {b"%PDF", b"%PDF-1", b"%PDF-2", b"%PDF-3"}
    assert hits(store, NAME) == hits(store, "kuimuye") == []
    assert drafts.latest(store) is None
    assert checkup.findings(store) == []


def test_it_cannot_be_undone_nor_what_was_before(told: Told) -> None:
    workspace = told.workspace
    earlier = workspace.journal.undoable()
    assert earlier is not None
    workspace.run(EraseContact(told.person))
    state = data(workspace)
    assert workspace.journal.undoable() is workspace.journal.redoable() is None
    erasure_op = workspace.store.value("SELECT max(seq) FROM op")
    for op in (earlier.op, erasure_op):
        with pytest.raises(UserError, match=r"undo\.erased"):
            workspace.undo(op)
    assert data(workspace) == state
    workspace.run(EditRecord("customer", told.customer, {"region": "定边"}))
    workspace.undo()
    assert data(workspace) == state
    assert workspace.journal.redoable() is not None


def test_somebody_in_the_trash_is_erased_too_and_only_once(told: Told) -> None:
    told.workspace.run(TrashRecords("contact", (told.person,)))
    erase(told.workspace, told.person)
    with pytest.raises(UserError, match=r"record\.gone"):
        erase(told.workspace, told.person)
    with pytest.raises(UserError, match=r"record\.gone"):
        profile(told.workspace.store, told.person)
    assert checkup.findings(told.workspace.store) == []


def test_the_rep_keeps_their_own_assessment(told: Told) -> None:
    own = StartAssessment()
    told.workspace.run(own)
    told.workspace.run(RateNeed(told.customer, "finance", 4))
    erase(told.workspace, told.person)
    begun = profile(told.workspace.store, None).open
    assert begun is not None
    assert begun.id == own.row_id
    assert len(people(told.workspace.store, told.customer).ratings) == 1


def test_longer_names_of_others_stay_whole(told: Told) -> None:
    note = f"{NAME}子和{NAME}是两个人"
    values = {"name": f"{NAME}子", "note": note, "customer_id": told.customer}
    other = add(told.workspace, "contact", **values)
    erased = erase(told.workspace, told.person)
    kept = told.workspace.store.record(Contact, other)
    assert kept is not None
    assert (kept.name, kept.note) == (f"{NAME}子", f"{NAME}子和×××是两个人")
    assert erased.named == (("contact", other),)


def test_a_name_that_is_a_word_elsewhere_is_left_there_and_told(told: Told) -> None:
    word = "安静"
    quiet = add(
        told.workspace, "contact", name=word, mobile="13800009999", customer_id=told.customer
    )
    ours = add(told.workspace, "need", customer_id=told.customer, text=f"{word}要报表")
    customer = add(told.workspace, "customer", name="牧歌", note=f"要{word}的牛舍，问13800009999")
    erased = erase(told.workspace, quiet)
    store = told.workspace.store
    assert store.value("SELECT text FROM need WHERE id = ?", [ours]) == "××要报表"
    left = store.value("SELECT note FROM customer WHERE id = ?", [customer])
    assert left == f"要{word}的牛舍，问{'×' * 11}"
    assert erased.named == (("customer", customer),)
    assert checkup.findings(store) == []


def test_texts_about_the_customer_they_left_are_theirs_too(told: Told, db_path: Path) -> None:
    elsewhere = add(told.workspace, "customer", name="金穗饲料")
    told.workspace.run(EditRecord("contact", told.person, {"customer_id": elsewhere}))
    assert erase(told.workspace, told.person).named == ()
    assert traces(db_path) == set()


def test_a_namesake_elsewhere_keeps_the_name(told: Told) -> None:
    elsewhere = add(told.workspace, "customer", name="牧歌")
    namesake = add(told.workspace, "contact", name=NAME, customer_id=elsewhere, note=f"叫{NAME}")
    erased = erase(told.workspace, told.person)
    assert erased.named == (("contact", namesake),)
    kept = told.workspace.store.record(Contact, namesake)
    assert kept is not None
    assert (kept.name, kept.note) == (NAME, f"叫{NAME}")
    assert checkup.findings(told.workspace.store) == []


def test_a_namesake_at_the_same_customer_keeps_it_in_texts(told: Told) -> None:
    namesake = add(told.workspace, "contact", name=NAME, customer_id=told.customer)
    erased = erase(told.workspace, told.person)
    assert ("contact", namesake) in erased.named
    assert ("need", told.need) in erased.named
    need = told.workspace.store.record(Need, told.need)
    assert need is not None
    assert need.text == f"{NAME}要便宜"
    assert traces(told.workspace.store.path, (MOBILE, MAIL, WECHAT)) == set()
    assert checkup.findings(told.workspace.store) == []


def test_whom_they_were_before_a_merge_is_forgotten_too(told: Told, db_path: Path) -> None:
    twins = {"夔骍骍": "13900007799", NAME: MOBILE}  # one is written otherwise, one is not
    for name, mobile in twins.items():
        twin = add(told.workspace, "contact", name=name, customer_id=told.customer, mobile=mobile)
        add(told.workspace, "task", customer_id=told.customer, title=f"给{name}回电")
        told.workspace.run(MergeRecords("contact", told.person, twin))
    assert traces(db_path, (*TRACES, *twins)) == {*TRACES, *twins}
    erase(told.workspace, told.person)
    assert traces(db_path, (*TRACES, *twins, "13900007799")) == set()
    assert checkup.findings(told.workspace.store) == []


def test_older_copies_are_named_and_removed_after_a_new_one(told: Told, db_path: Path) -> None:
    store = told.workspace.store
    assert older_copies(store) == []
    older = [back_up(store).path, back_up(store).path]
    aside = db_path.with_name(f"{db_path.stem}.replaced-20261101-000000-000000{db_path.suffix}")
    aside.write_bytes(older[0].read_bytes())
    assert older_copies(store) == []  # nobody was erased yet
    erase(told.workspace, told.person)
    later = back_up(store).path
    assert set(older_copies(store)) == {*older, aside}
    assert remove_older_copies(store) == 3
    assert later.exists()
    assert not any(path.exists() for path in (*older, aside))
    assert older_copies(store) == []
    assert remove_older_copies(store) == 0


def test_what_a_reader_elsewhere_holds_up_is_finished_later(
    told: Told, db_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_connection.PRAGMAS, "busy_timeout", 50)
    store = told.workspace.store
    reader = Store.open(db_path, read_only=True)
    with reader.reading() as connection:
        connection.execute("SELECT count(*) FROM contact").fetchone()
        done = erase(told.workspace, told.person)
        assert done.trouble is not None
        assert done.trouble.code == "erase.not_swept"
        with pytest.raises(EnvironmentProblem, match=r"erase\.not_swept"):
            finish(store)
    reader.close()
    assert store.record(Contact, told.person) is None
    hasty = back_up(store).path  # its free pages are those of the file
    assert older_copies(store) == [hasty]
    finish(store)
    assert traces(db_path) == set()
    clean = back_up(store).path
    assert older_copies(store) == [hasty]
    assert traces(clean) == set()


def test_whoever_broke_off_an_erasure_goes_on_with_it(told: Told, db_path: Path) -> None:
    store = told.workspace.store
    told.workspace.run(EraseContact(told.person))  # and then the battery was empty
    assert traces(db_path)
    finish(store)
    assert traces(db_path) == set()
    size = store.value("PRAGMA data_version"), db_path.stat().st_mtime_ns
    finish(store)  # once is enough
    assert (store.value("PRAGMA data_version"), db_path.stat().st_mtime_ns) == size


def test_former_names_and_numbers_are_forgotten_however_they_are_written(
    told: Told, db_path: Path
) -> None:
    workspace = told.workspace
    elsewhere = add(workspace, "customer", name="绿源养殖", phone="0912-8001234")
    boss = add(workspace, "contact", name="夔老板", customer_id=told.customer)
    for values in (
        {"mobile": "13911112222 / 13733334444", "phone": "0912-8001234", "email": "kui@niu.cn"},
        {"name": "夔大"},  # half typed
        {"name": "夔大牛"},
        {"mobile": "13755556666；0912-6543210转8"},
        {"email": "niu@kui.cn"},
    ):
        workspace.run(EditRecord("contact", boss, values))
    near = ("夔老板", "夔大牛", "139 1111-2222", "13733334444", "137-5555-6666", "(0912)6543210")
    anywhere = ("13911112222", "13755556666", "KUI@niu.cn", "Niu@Kui.CN", "0912-6543210")
    for customer, words in ((told.customer, near), (elsewhere, anywhere)):
        for word in words:
            add(workspace, "task", title=f"问{word}", customer_id=customer)
    theirs = "打0912-8001234，问夔大"  # another's number, and no name
    kept = add(workspace, "task", title=theirs, customer_id=told.customer)
    erase(workspace, boss)
    assert traces(db_path, (*near, *anywhere, "kui@niu.cn", "niu@kui.cn")) == set()
    assert workspace.store.value("SELECT title FROM task WHERE id = ?", [kept]) == theirs
    assert checkup.findings(workspace.store) == []


def test_each_of_the_sample_can_be_erased(workspace: Workspace) -> None:
    workspace.run(LoadSample())
    rows = workspace.store.rows("SELECT id, name FROM contact ORDER BY name, id LIMIT 12")
    for row_id, _ in rows:
        workspace.run(EraseContact(row_id))
    assert checkup.findings(workspace.store) == []
    for row_id, _ in rows:
        told = "SELECT count(*) FROM change WHERE instr(coalesce(before, '') || after, ?)"
        assert (
            workspace.store.value(f"{told} AND tbl = 'contact' AND row_id = ?", [row_id] * 2) == 0
        )


def test_the_kind_is_that_of_the_operation() -> None:
    assert EraseContact.verb() == KIND


def test_photos_of_the_person_go_with_their_small_pictures(told: Told) -> None:
    workspace = told.workspace
    kept = from_bytes("门口.jpg", picture(), customer_id=told.customer, contact_id=told.person)
    workspace.run(kept)
    thumbnail(workspace.store, kept.sha256, 84)
    away = KeepFile("名片.jpg", b"card", "photo", contact_id=told.person)
    named = KeepFile(f"{NAME}的名片.jpg", b"card again", "photo", told.customer)
    for one in (away, named):  # of which only the journal knows, at last
        workspace.run(one)
        workspace.run(TrashRecords("attachment", (one.row_id,)))
        workspace.run(EmptyTrash((("attachment", one.row_id),)))
    erase(workspace, told.person)
    for one in (kept, away, named):
        assert not workspace.store.kept.has(one.sha256)
    assert workspace.store.record(Attachment, kept.row_id) is None
    assert not list(places.cache_folder().rglob(f"*{kept.sha256}*"))
