"""A customer handed to a colleague: what goes along, what comes in, and what was there already."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldsales.domain.clock import Clock
from fieldsales.errors import UserError
from fieldsales.services.checkup import findings
from fieldsales.services.exchange import customer_file
from fieldsales.services.exchange.customer import _OWN, _PRIVATE, PARTS, _belonging, chosen
from fieldsales.services.exchange.files import package
from fieldsales.services.exchange.package import Package
from fieldsales.services.exchange.taking import Wish
from fieldsales.services.exchange.twins import Brought, same, twins
from fieldsales.services.operations.deals import PinProbability
from fieldsales.services.operations.merging import MergeRecords
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.operations.taking import take
from fieldsales.services.workspace import Workspace
from tests.workspaces import TODAY, add, data

Send = Callable[..., Package]


@pytest.fixture
def send(tmp_path: Path) -> Send:
    """A customer's file as a package."""

    def write(
        workspace: Workspace, customer: str, *parts: str, private: bool = True, password: str = ""
    ) -> Package:
        path = tmp_path / "海润.customer"
        source = chosen(workspace.store, customer, parts or tuple(PARTS), private=private)
        customer_file.write(path, source, password)
        found = package(path, password)
        assert found is not None
        return found

    return write


_TOLD = {  # what a colleague may know; whoever adds a noun decides here whether it is among it
    *("contact", "buying_role", "special_day", "tagging", "attachment"),
    *("deal", "deal_member", "deal_tagging", "stage_change"),
    *("visit", "visit_item", "visit_person", "interaction", "task", "need", "satisfaction"),
    *("checklist_result", "checklist_answer", "worksheet", "worksheet_row", "value_part"),
    *("proposal", "proposal_line", "instalment", "enclosure"),
    *("receivable", "payment", "settlement", "collecting_step", "sale"),
}


def test_of_every_noun_somebody_has_decided_whether_it_goes_along() -> None:
    assert set(_belonging()) == _TOLD | _PRIVATE | _OWN
    assert len(_TOLD) + len(_PRIVATE) + len(_OWN) == len(_belonging())


def _receive(workspace: Workspace, came: Package) -> int:
    """Takes it over as the window does by default; how much was changed."""
    brought = Brought.of(came)
    sure = {one.id: one.here for one in twins(workspace.store, brought) if one.sure}
    wish = Wish(same=same(workspace.store, brought, sure))
    return take(workspace, came, wish).changes


def _full(workspace: Workspace) -> str:
    """The customer of which the file tells most."""
    found: str = workspace.store.value(
        "SELECT customer_id FROM visit WHERE trashed_at IS NULL GROUP BY 1 ORDER BY count(*) DESC"
    )
    return found


def test_every_customer_comes_in_whole_and_twice_is_once(
    sample: Workspace, empty: Workspace, send: Send
) -> None:
    customer = _full(sample)
    came = send(sample, customer)
    assert came.head.name
    assert _receive(empty, came) > 20
    for noun, rows in data(empty).items():
        there = {row[0]: row for row in data(sample)[noun]}
        names = sample.store.columns[noun]
        for row in rows:
            differing = [
                name
                for name, ours, theirs in zip(names, row, there[row[0]], strict=True)
                if ours != theirs
            ]
            assert all(name.endswith("_id") for name in differing), (noun, differing)
    assert [one["code"] for one in findings(empty.store)] == []
    before = data(empty)
    assert _receive(empty, came) == 0
    assert data(empty) == before
    for noun in ("visit", "deal", "receivable"):
        whole = sample.store.value(
            f"SELECT count(*) FROM {noun} WHERE customer_id = ? AND trashed_at IS NULL", [customer]
        )
        assert empty.store.value(f"SELECT count(*) FROM {noun}") == whole


_said = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_said, _said), min_size=1, max_size=3), _said)
def test_whatever_stands_in_a_customer_comes_in_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, people: list[tuple[str, str]], name: str
) -> None:
    folder = tmp_path_factory.mktemp("share")
    with (
        closing(Workspace.open(folder / "ours.db")) as ours,
        closing(Workspace.open(folder / "theirs.db")) as theirs,
    ):
        customer = add(ours, "customer", name=name, note=name)
        add(ours, "customer", name=f"{name} 2")
        for called, said in people:
            contact = add(ours, "contact", name=called, note=said, customer_id=customer)
            visit = add(ours, "visit", customer_id=customer, starts_at="2026-11-01T02:00:00Z")
            add(ours, "visit_person", visit_id=visit, contact_id=contact)
            add(ours, "task", title=said, visit_id=visit, contact_id=contact)
        path = folder / "one.customer"
        customer_file.write(path, chosen(ours.store, customer, PARTS, private=True))
        came = package(path)
        assert came is not None
        assert take(theirs, came).total.new == 1 + 4 * len(people)
        for noun, rows in data(theirs).items():
            assert set(rows) <= set(data(ours)[noun])
        assert take(theirs, came).changes == 0


def test_only_the_parts_chosen_go_along(sample: Workspace, empty: Workspace, send: Send) -> None:
    _receive(empty, send(sample, _full(sample), "people"))
    there = {noun for noun, rows in data(empty).items() if rows}
    assert {"customer", "contact"} <= there
    assert not there & {"deal", "visit", "visit_person", "receivable", "proposal", "attachment"}
    assert not there & {"setting", "saved_filter", "review", "snooze"}
    assert not findings(empty.store)


def test_opinions_go_along_only_where_they_are_wanted(
    workspace: Workspace, empty: Workspace, send: Send
) -> None:
    customer = add(workspace, "customer", name="海润", feeling=1, feeling_note="难缠")
    contact = add(workspace, "contact", name="王建国", customer_id=customer, preferences="好酒")
    roles = {"role": "user", "attitude": -2, "influence": 5, "evidence": "背后说过"}
    add(workspace, "buying_role", customer_id=customer, contact_id=contact, **roles)
    add(workspace, "clue", contact_id=contact, code="neat")
    add(workspace, "preference", customer_id=customer, contact_id=contact, text="怕狗")
    deal = add(workspace, "deal", customer_id=customer, title="教槽料")
    workspace.run(PinProbability(deal, 73, "老板松口了"))
    workspace.run(EditRecord("deal", deal, {"commission_percent": "3.3331"}))
    _receive(empty, send(workspace, customer, private=False))
    told = str(data(empty))
    for word in ("难缠", "好酒", "背后说过", "neat", "怕狗", "老板松口了", "3.3331"):
        assert word not in told
    assert empty.store.rows("SELECT role, attitude, influence FROM buying_role") == [
        ("user", None, None)
    ]


def test_no_cost_goes_along_unasked(sample: Workspace, empty: Workspace, send: Send) -> None:
    customer = sample.store.value(
        "SELECT customer_id FROM proposal JOIN proposal_line l ON l.proposal_id = proposal.id"
        " WHERE l.cost <> ''"
    )

    def costs() -> int:
        return sum(
            empty.store.value(f"SELECT count(*) FROM {table} WHERE coalesce({name}, '') <> ''")
            for table, columns in empty.store.columns.items()
            for name in ("cost", "minimum")
            if name in columns
        )

    _receive(empty, send(sample, customer, private=False))
    assert empty.store.value("SELECT count(*) FROM proposal_line")
    assert costs() == 0
    take(empty, send(sample, customer), Wish("theirs"))
    assert costs()


def test_what_was_left_out_is_not_taken_away_when_the_customer_comes_back(
    workspace: Workspace, empty: Workspace, send: Send
) -> None:
    customer = add(workspace, "customer", name="海润", feeling=1, feeling_note="难缠")
    contact = add(workspace, "contact", name="王建国", customer_id=customer, plays_fair=2)
    roles = {"role": "user", "attitude": -2, "influence": 5, "confirmed": 1, "evidence": "说过"}
    add(workspace, "buying_role", customer_id=customer, contact_id=contact, **roles)
    deal = add(workspace, "deal", title="年单", customer_id=customer)
    add(workspace, "visit", customer_id=customer, deal_id=deal, starts_at="2026-11-01T02:00:00Z")
    add(workspace, "sale", customer_id=customer, dated="2026-11-01", amount=900, cost=700)
    before = data(workspace)
    for one in (workspace, empty):  # a day later
        one.store.clock = Clock(TODAY + timedelta(1))
    _receive(empty, send(workspace, customer, "people", "visits", "money", private=False))
    for private in (False, True):
        assert _receive(workspace, send(empty, customer, private=private)) == 0
        assert data(workspace) == before
    empty.store.clock = Clock(TODAY + timedelta(2))
    empty.run(EditRecord("customer", customer, {"phone": "0912-3300018", "feeling": 5}))
    assert _receive(workspace, send(empty, customer)) == 1
    assert workspace.store.rows("SELECT phone, feeling, feeling_note FROM customer") == [
        ("0912-3300018", 5, "难缠")
    ]


def test_who_is_here_already_is_joined(workspace: Workspace, empty: Workspace, send: Send) -> None:
    theirs = add(
        workspace, "customer", name="定边县海润牧业有限公司", phone="0912-3300018", region="定边"
    )
    contact = add(workspace, "contact", name="王建国", mobile="13800000001", customer_id=theirs)
    tag = add(workspace, "tag", name="大客户")
    add(workspace, "tagging", tag_id=tag, customer_id=theirs)
    add(workspace, "visit", customer_id=theirs, starts_at="2026-11-01T02:00:00Z")
    ours = add(empty, "customer", name="定边县海润牧业有限公司", phone="0912-3300018")
    here = add(empty, "contact", name="王建国", mobile="13800000001", customer_id=ours)
    label = add(empty, "tag", name="大客户")
    add(empty, "tagging", tag_id=label, customer_id=ours)
    came = send(workspace, theirs)
    [twin] = twins(empty.store, Brought.of(came))
    assert (twin.here, twin.sure) == (ours, True)
    assert _receive(empty, came) == 2  # the visit, and the region that was empty
    counted = {noun: len(data(empty)[noun]) for noun in ("customer", "contact", "tag", "tagging")}
    assert counted == {"customer": 1, "contact": 1, "tag": 1, "tagging": 1}
    assert empty.store.value("SELECT customer_id FROM visit") == ours
    assert empty.store.value("SELECT region FROM customer") == "定边"
    assert contact != here
    assert _receive(empty, came) == 0
    assert not findings(empty.store)


def test_a_person_of_the_same_name_at_a_joined_customer_is_joined(
    workspace: Workspace, empty: Workspace, send: Send
) -> None:
    theirs = add(workspace, "customer", name="海润牧业", phone="0912-3300018")
    wang = add(workspace, "contact", name="王建国", customer_id=theirs, mobile="13800000001")
    add(workspace, "contact", name="李梅", customer_id=theirs, title="出纳")
    add(workspace, "contact", name="赵强", customer_id=theirs)
    add(workspace, "buying_role", contact_id=wang, customer_id=theirs, role="user")
    ours = add(empty, "customer", name="海润牧业", phone="0912-3300018")
    here = add(empty, "contact", name="王建国", customer_id=ours, title="经理")
    add(empty, "contact", name="李梅", customer_id=ours, title="场长")  # another one, it seems
    for mail in ("a@example.cn", "b@example.cn"):  # which of two?
        add(empty, "contact", name="赵强", customer_id=ours, email=mail)
    came = send(workspace, theirs)
    _receive(empty, came)
    people = empty.store.rows("SELECT name, count(*) FROM contact GROUP BY 1 ORDER BY 1")
    assert people == [("李梅", 2), ("王建国", 1), ("赵强", 3)]
    assert empty.store.rows("SELECT mobile, title FROM contact WHERE id = ?", [here]) == [
        ("13800000001", "经理")
    ]
    assert empty.store.value("SELECT contact_id FROM buying_role") == here
    assert not findings(empty.store)


def test_parts_sent_later_find_their_places(
    workspace: Workspace, empty: Workspace, send: Send
) -> None:
    """Also in records that were sent before without them, and changed here since."""
    customer = add(workspace, "customer", name="海润牧业", feeling_note="难缠")
    contact = add(workspace, "contact", name="王建国", customer_id=customer, preferences="好酒")
    deal = add(workspace, "deal", title="年单", customer_id=customer)
    visit = add(
        workspace, "visit", customer_id=customer, deal_id=deal, starts_at="2026-11-01T02:00:00Z"
    )
    add(workspace, "task", title="送样", customer_id=customer, contact_id=contact, deal_id=deal)
    for number, parts in enumerate((["visits"], ["visits", "people"])):
        empty.store.clock = Clock(TODAY + timedelta(1 + number))
        _receive(empty, send(workspace, customer, *parts, private=False))
    empty.run(EditRecord("visit", visit, {"objective": "谈价"}))
    empty.run(EditRecord("customer", customer, {"phone": "0912-3300018"}))
    _receive(empty, send(workspace, customer))
    assert empty.store.rows("SELECT objective, deal_id FROM visit") == [("谈价", deal)]
    assert empty.store.rows("SELECT contact_id, deal_id FROM task") == [(contact, deal)]
    assert empty.store.rows("SELECT phone, feeling_note FROM customer") == [
        ("0912-3300018", "难缠")
    ]
    assert empty.store.value("SELECT preferences FROM contact") == "好酒"
    empty.run(EditRecord("contact", contact, {"preferences": ""}))  # it is not to come back
    empty.run(EditRecord("visit", visit, {"deal_id": None}))
    assert _receive(empty, send(workspace, customer)) == 0
    assert not findings(empty.store)


def test_two_of_a_name_may_stay_two(workspace: Workspace, empty: Workspace, send: Send) -> None:
    theirs = add(workspace, "customer", name="海润牧业")
    add(empty, "customer", name="海润牧业")
    came = send(workspace, theirs)
    take(empty, came, Wish(same=same(empty.store, Brought.of(came), {})))
    assert len(data(empty)["customer"]) == 2


def test_a_password_is_asked_for(workspace: Workspace, tmp_path: Path, send: Send) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    send(workspace, customer, password="燕麦 42")
    path = tmp_path / "海润.customer"
    assert "海润".encode() not in path.read_bytes()
    for password, code in (("", "password_wanted"), ("oats", "wrong_password")):
        with pytest.raises(UserError, match=f"exchange.{code}"):
            package(path, password)
    path.write_bytes(path.read_bytes()[:5_000])
    with pytest.raises(UserError, match=r"exchange\.(damaged|wrong_password)"):
        package(path, "燕麦 42")


def test_bombs_and_halves_are_refused(workspace: Workspace, tmp_path: Path, send: Send) -> None:
    send(workspace, add(workspace, "customer", name="海润牧业"))
    path = tmp_path / "海润.customer"
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    with pytest.raises(UserError, match="exchange.cut_off"):
        _take(workspace, path)
    head = gzip.decompress(whole).split(b"\n")[0]
    for bomb, code in (
        (b'"x"\n' * 1_000_000, "bad_row"),
        (b'{"file": "x"}\n' + b'"x"\n' * 1_000_000, "bad_row"),
        (b'{"file": "x"}\n' * 1_000_000, "bad_row"),
        (b'{"x": 1}\n' * 1_000_000, "bad_row"),
        (b"[" * 30_000_000, "bad_row"),
        (b'{"file": "x"}\n' + (b'"' + b"A" * 2_000_000 + b'"\n') * 60, "too_big"),
    ):
        path.write_bytes(gzip.compress(head + b"\n" + bomb, 1))
        with pytest.raises(UserError, match=f"exchange.{code}"):
            _take(workspace, path)


def test_who_is_gone_is_not_sent(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="record.gone"):
        chosen(workspace.store, "nobody", PARTS)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_spoilt_byte_breaks_the_program(
    workspace: Workspace, empty: Workspace, tmp_path: Path, data: st.DataObject
) -> None:
    """Whatever becomes of the lines, it is taken over whole or refused in words."""
    path = tmp_path / "fuzz.customer"
    customer = workspace.store.value("SELECT id FROM customer") or add(
        workspace, "customer", name="海润牧业"
    )
    customer_file.write(path, chosen(workspace.store, customer, PARTS))
    text = bytearray(gzip.decompress(path.read_bytes()))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    path.write_bytes(gzip.compress(bytes(text)))
    try:
        found = package(path)
        if found is not None:
            brought = Brought.of(found)
            twins(empty.store, brought)
            take(empty, found, Wish("theirs", same(empty.store, brought, {})))
    except UserError:
        pass
    assert not empty.store.rows("PRAGMA foreign_key_check")


def _take(workspace: Workspace, path: Path) -> None:
    found = package(path)
    assert found is not None
    take(workspace, found)


def test_what_was_merged_here_takes_what_comes_later(
    sample: Workspace, empty: Workspace, send: Send
) -> None:
    customer = _full(sample)
    _receive(empty, send(sample, customer))
    stays = add(empty, "customer", name="我们自己的")
    empty.run(MergeRecords("customer", stays, customer))
    visit = add(sample, "visit", customer_id=customer, starts_at="2026-11-08T01:00:00Z")
    _receive(empty, send(sample, customer))
    owner = "SELECT customer_id FROM visit WHERE id = ?"
    assert empty.store.value(owner, [visit]) == stays
    in_trash = "SELECT trashed_at IS NOT NULL FROM customer WHERE id = ?"
    assert empty.store.value(in_trash, [customer]) == 1
    assert [one["code"] for one in findings(empty.store)] == []
