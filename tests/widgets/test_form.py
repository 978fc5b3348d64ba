"""Forms save what was typed, keep what cannot be saved, and never save what was loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import EnvironmentProblem, FieldError, UserError
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.editors import NoteEditor
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.look import Look
from fieldsales.widgets.suggestions import Suggestion
from fieldsales.words import LANGUAGES, PSEUDO, Words
from tests.widgets.clip_check import clipped

HITS = [
    Suggestion("c1", "海润牧业有限公司", "定边"),
    Suggestion("c2", "海润饲料", "榆林"),
]
FINDER = Finder(
    find=lambda text: [hit for hit in HITS if text in hit.title],
    title=lambda key: next(hit.title for hit in HITS if hit.key == key),
)


class Ledger:
    """Takes commits and drafts as a screen would."""

    def __init__(self) -> None:
        self.commits: list[dict[str, object]] = []
        self.drafts: dict[str, str] = {}
        self.refuse: Exception | None = None

    def commit(self, values: Mapping[str, object]) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.commits.append(dict(values))

    def draft(self, name: str, text: str | None) -> None:
        if text is None:
            self.drafts.pop(name, None)
        else:
            self.drafts[name] = text


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def make(qtbot: QtBot, look: Look, ledger: Ledger) -> Callable[..., Form]:
    def _make(noun: str, *names: str, look: Look = look, **more: object) -> Form:
        form = Form(
            look,
            noun,
            [Group("", names)],
            ledger.commit,
            ledger.draft,
            finders={"parent_id": FINDER, "customer_id": FINDER},
            **more,
        )
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.addWidget(form)
        layout.addStretch(1)
        holder.resize(760, 500)
        qtbot.addWidget(holder)
        holder.show()
        holder.activateWindow()
        QTest.qWaitForWindowActive(holder)
        form.holder = holder
        return form

    return _make


def _line(form: Form, name: str) -> QLineEdit:
    target = form.cells[name].editor.target()
    assert isinstance(target, QLineEdit)
    return target


def _type(form: Form, name: str, text: str) -> None:
    line = form.cells[name].editor.target()
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    _enter(line, text)


def _enter(target: QWidget, text: str) -> None:
    """Text as an input method gives it."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


EVERY = {
    "customer": {
        "name": "海润牧业",
        "employees": 1200,
        "industry": "pig_farm",
        "ownership": "private",
        "parent_id": "c1",
        "note": "第一行\n第二行",
        "phone": "0912-421 1234",
    },
    "deal": {
        "title": "年单",
        "amount": 4_200_050,
        "currency": "CNY",
        "expected_close": "2026-12-03",
        "customer_id": "c2",
    },
    "visit": {"starts_at": "2026-11-27T02:30:00Z", "ordered": 1},
    "buying_role": {"influence": 4, "attitude": -1},
}


@pytest.mark.parametrize("noun", EVERY)
def test_loading_never_saves(
    make: Callable[..., Form], ledger: Ledger, qtbot: QtBot, noun: str
) -> None:
    names = [name for name in EVERY[noun] if name != "currency"]
    form = make(noun, *names)
    form.load(EVERY[noun])
    form.load({})
    form.load(EVERY[noun])
    for name in names:  # nor does walking through the fields
        form.focus(name)
    form.setFocus()
    assert form.flush()
    assert ledger.commits == []
    assert ledger.drafts == {}


@pytest.mark.parametrize("noun", EVERY)
def test_editors_give_back_what_they_were_given(make: Callable[..., Form], noun: str) -> None:
    names = [name for name in EVERY[noun] if name != "currency"]
    form = make(noun, *names)
    form.load(EVERY[noun])
    assert {name: form.binder.value(name) for name in names} == {
        name: EVERY[noun][name] for name in names
    }


@pytest.mark.parametrize("noun", EVERY)
def test_drafts_survive_as_typed(make: Callable[..., Form], noun: str) -> None:
    names = [name for name in EVERY[noun] if name != "currency"]
    form = make(noun, *names)
    form.load(EVERY[noun])
    typed = {name: cell.editor.typed() for name, cell in form.cells.items()}
    form.load({"currency": "CNY"}, typed)
    assert {name: form.binder.value(name) for name in names} == {
        name: EVERY[noun][name] for name in names
    }


def test_every_shown_field_of_every_noun_has_an_editor(
    make: Callable[..., Form], look: Look
) -> None:
    for noun, record in NOUNS.items():
        names = [
            name
            for name, field in fields(record).items()
            if field.shown and field.kind is not Kind.REFERENCE
        ]
        if not all(look.words.has(f"field.{noun}.{name}") for name in names):
            continue
        form = make(noun, *names)
        form.load({})
        for cell in form.cells.values():
            assert cell.editor.target().accessibleName()
            if cell.label is not None:
                assert cell.label.buddy() is cell.editor.target()


def test_typing_is_saved_after_a_pause(
    make: Callable[..., Form], ledger: Ledger, qtbot: QtBot
) -> None:
    form = make("customer", "name", "short_name")
    form.load({"name": "海润", "short_name": ""})
    _type(form, "short_name", "HR")
    assert ledger.commits == []
    with qtbot.waitSignal(form.committed, timeout=3000) as signal:
        pass
    assert signal.args == [["short_name"]]
    assert ledger.commits == [{"short_name": "HR"}]
    assert _line(form, "short_name").text() == "HR"


def test_leaving_a_field_saves_it_at_once(make: Callable[..., Form], ledger: Ledger) -> None:
    form = make("customer", "name", "short_name")
    form.load({"name": "海润", "short_name": ""})
    _type(form, "name", " 海润牧业 ")
    form.focus("short_name")
    assert ledger.commits == [{"name": "海润牧业"}]
    assert _line(form, "name").text() == "海润牧业"


def test_typing_back_what_stood_there_saves_nothing(
    make: Callable[..., Form], ledger: Ledger
) -> None:
    form = make("customer", "name")
    form.load({"name": "海润"})
    _type(form, "name", "海润")
    assert form.flush()
    assert ledger.commits == []


def test_what_is_wrong_is_said_and_kept(make: Callable[..., Form], ledger: Ledger) -> None:
    form = make("customer", "name", "employees")
    form.load({"name": "海润", "employees": 5})
    _type(form, "employees", "很多人")
    _type(form, "name", "海润牧业")
    assert not form.flush()
    assert ledger.commits == [{"name": "海润牧业"}]  # the good one is not held up
    assert "很多人" in form.cells["employees"].message()
    assert _line(form, "employees").text() == "很多人"
    assert ledger.drafts == {"employees": "很多人"}
    assert form.wrong() == ["employees"]
    _type(form, "employees", "1.2万")
    assert form.flush()
    assert ledger.commits[-1] == {"employees": 12_000}
    assert ledger.drafts == {}
    assert form.wrong() == []


def test_required_field_cannot_be_emptied(make: Callable[..., Form], ledger: Ledger) -> None:
    form = make("customer", "name")
    form.load({"name": "海润"})
    _type(form, "name", "")
    assert not form.flush()
    assert form.cells["name"].message() == form.binder._words("field.required")
    assert ledger.commits == []


def test_a_refused_field_does_not_hold_up_the_others(
    make: Callable[..., Form], ledger: Ledger
) -> None:
    form = make("customer", "name", "short_name")
    form.load({"name": "海润", "short_name": ""})

    def commit(values: Mapping[str, object]) -> None:
        if "name" in values:
            raise FieldError("field.too_long", "name", limit=1, length=4)
        ledger.commit(values)

    form.binder._commit = commit
    for name in ("name", "short_name"):
        form.cells[name].editor.set_typed("新的")
        form.cells[name].editor.edited.emit()
    assert not form.flush()
    assert ledger.commits == [{"short_name": "新的"}]
    assert form.wrong() == ["name"]
    assert ledger.drafts == {"name": "新的"}


def test_a_broken_rule_is_told_at_the_field(make: Callable[..., Form], ledger: Ledger) -> None:
    form = make("customer", "name")
    form.load({"name": "海润"})
    ledger.refuse = UserError("field.required")
    _type(form, "name", "别的")
    assert not form.flush()
    assert form.wrong() == ["name"]
    assert _line(form, "name").text() == "别的"


def test_trouble_around_us_keeps_the_text_and_tries_again(
    make: Callable[..., Form], ledger: Ledger, qtbot: QtBot
) -> None:
    form = make("customer", "name")
    form.load({"name": "海润"})
    ledger.refuse = EnvironmentProblem("widgets.cannot_print")
    _type(form, "name", "海润牧业")
    assert not form.flush()
    assert form.cells["name"].message()
    assert ledger.drafts == {"name": "海润牧业"}
    ledger.refuse = None
    with qtbot.waitSignal(form.committed, timeout=5000):
        pass
    assert ledger.commits == [{"name": "海润牧业"}]
    assert form.wrong() == []
    assert ledger.drafts == {}


def test_a_draft_is_kept_while_keys_still_come(
    make: Callable[..., Form], ledger: Ledger, qtbot: QtBot
) -> None:
    form = make("customer", "note")
    form.load({})
    note = form.cells["note"].editor.target()
    assert isinstance(note, QPlainTextEdit)
    note.setFocus()
    for _key in range(30):  # never a pause of 800 ms
        QTest.keyClick(note, Qt.Key.Key_A)
        qtbot.wait(50)
    assert ledger.commits == []
    assert ledger.drafts["note"].startswith("aaaa")
    assert form.flush()
    assert ledger.drafts == {}


def test_a_kept_draft_is_saved_when_it_makes_sense(
    make: Callable[..., Form], ledger: Ledger
) -> None:
    form = make("customer", "name", "employees")
    form.load({"name": "海润"}, {"name": "海润牧业", "employees": "很多", "gone": "x"})
    assert not form.flush()
    assert ledger.commits == [{"name": "海润牧业"}]
    assert _line(form, "employees").text() == "很多"


def test_half_a_word_is_not_yet_wrong(
    make: Callable[..., Form], ledger: Ledger, qtbot: QtBot
) -> None:
    form = make("deal", "expected_close", "title")
    form.load({"title": "x"})
    _type(form, "expected_close", "2026-1")
    qtbot.waitUntil(lambda: ledger.drafts == {"expected_close": "2026-1"}, timeout=3000)
    assert form.wrong() == []
    form.focus("title")
    assert form.wrong() == ["expected_close"]


def test_refresh_leaves_what_is_being_typed(make: Callable[..., Form], ledger: Ledger) -> None:
    form = make("customer", "name", "short_name")
    form.load({"name": "海润", "short_name": "HR"})
    _type(form, "name", "海润牧")
    form.refresh({"name": "别人改的", "short_name": "新"})
    assert _line(form, "name").text() == "海润牧"
    assert _line(form, "short_name").text() == "新"
    assert form.flush()
    assert ledger.commits == [{"name": "海润牧"}]


def test_a_change_told_during_the_commit_does_not_disturb(
    make: Callable[..., Form], ledger: Ledger
) -> None:
    form = make("customer", "name", "short_name")
    form.load({"name": "海润", "short_name": ""})

    def commit(values: Mapping[str, object]) -> None:
        ledger.commit(values)
        form.refresh({"name": "海润牧业", "short_name": ""})  # as the change signal does

    form.binder._commit = commit
    _type(form, "name", "海润牧业")
    form.flush()
    assert ledger.commits == [{"name": "海润牧业"}]
    assert _line(form, "name").text() == "海润牧业"


def test_escape_puts_back_what_was_stored(make: Callable[..., Form], ledger: Ledger) -> None:
    form = make("customer", "name")
    form.load({"name": "海润"})
    _type(form, "name", "错")
    QTest.keyClick(_line(form, "name"), Qt.Key.Key_Escape)
    assert _line(form, "name").text() == "海润"
    assert form.flush()
    assert ledger.commits == []


def test_money_is_typed_as_people_write_it(make: Callable[..., Form], ledger: Ledger) -> None:
    form = make("deal", "amount")
    form.load({"currency": "TWD"})
    _type(form, "amount", "3.2萬")
    assert form.flush()
    assert ledger.commits == [{"amount": 32_000}]


def test_day_says_how_it_is_understood(make: Callable[..., Form], ledger: Ledger) -> None:
    form = make("deal", "expected_close", "title")
    form.load({"title": "x"})
    line = _line(form, "expected_close")
    _type(form, "expected_close", "+7")
    assert "周日" in line.suffix()
    assert "11月29日" in line.suffix()
    form.focus("title")
    assert line.text() == "2026-11-29"
    assert ledger.commits == [{"expected_close": "2026-11-29"}]


def test_moment_is_local_here_and_utc_in_store(
    make: Callable[..., Form], ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        form = make("visit", "starts_at")
        form.load({"starts_at": "2026-11-27T02:00:00Z"})
        editor = form.cells["starts_at"].editor
        assert editor.clock.text() == "10:00"
        editor.clock.setFocus()
        editor.clock.selectAll()
        _enter(editor.clock, "下午3点半")
        assert form.flush()
        assert ledger.commits == [{"starts_at": "2026-11-27T07:30:00Z"}]
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


def test_reference_is_picked_from_the_list(make: Callable[..., Form], ledger: Ledger) -> None:
    form = make("customer", "name", "parent_id")
    form.load({"name": "x"})
    line = _line(form, "parent_id")
    line.setFocus()
    _enter(line, "海润")
    assert line.suggestions.isVisible()
    assert line.suggestions.parentWidget() is form.window()  # no popup: input methods work
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "海润饲料"
    assert not line.suggestions.isVisible()
    assert ledger.commits == [{"parent_id": "c2"}]


def test_escape_closes_the_list_before_it_puts_back(
    make: Callable[..., Form], ledger: Ledger
) -> None:
    form = make("customer", "name", "parent_id")
    form.load({"name": "x", "parent_id": "c1"})
    line = _line(form, "parent_id")
    _type(form, "parent_id", "海润")
    assert line.suggestions.isVisible()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.suggestions.isVisible()
    assert line.text() == "海润"
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "海润牧业有限公司"


def test_reference_typed_but_not_picked_is_no_value(
    make: Callable[..., Form], ledger: Ledger
) -> None:
    form = make("customer", "name", "parent_id")
    form.load({"name": "x", "parent_id": "c1"})
    _type(form, "parent_id", "hai")
    form.focus("name")
    assert form.wrong() == ["parent_id"]
    assert _line(form, "parent_id").text() == "hai"
    _type(form, "parent_id", "")
    assert form.flush()
    assert ledger.commits == [{"parent_id": None}]


def test_reference_typed_in_full_needs_no_picking(
    make: Callable[..., Form], ledger: Ledger
) -> None:
    form = make("customer", "name", "parent_id")
    form.load({"name": "x"})
    _type(form, "parent_id", "海润饲料")
    form.focus("name")
    assert ledger.commits == [{"parent_id": "c2"}]


def test_open_list_takes_names_and_own_entries(
    make: Callable[..., Form], ledger: Ledger, look: Look
) -> None:
    form = make("customer", "industry", "name")
    form.load({"name": "x", "industry": "pig_farm"})
    line = _line(form, "industry")
    assert line.text() == look.words.choice("industry", "pig_farm")
    known = look.words.choice("industry", "aquaculture")
    for text, stored in ((known, "aquaculture"), ("宠物食品", "宠物食品")):
        _type(form, "industry", text)
        form.focus("name")
        assert ledger.commits[-1] == {"industry": stored}


def test_choice_and_scale_save_at_once(make: Callable[..., Form], ledger: Ledger) -> None:
    form = make("buying_role", "role", "attitude", "confirmed")
    form.load({})
    combo = form.cells["role"].editor.target()
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    QTest.keyClick(combo, Qt.Key.Key_Down)
    scale = form.cells["attitude"].editor.target()
    scale.setFocus()
    QTest.keyClick(scale, Qt.Key.Key_1)
    QTest.keyClick(form.cells["confirmed"].editor.target(), Qt.Key.Key_Space)
    assert {key: value for commit in ledger.commits for key, value in commit.items()} == {
        "role": combo.currentData(),
        "attitude": -2,
        "confirmed": 1,
    }


def test_two_columns_when_wide(make: Callable[..., Form]) -> None:
    form = make("customer", "name", "phone")
    first, second = form.cells["name"], form.cells["phone"]
    form.holder.resize(800, 400)
    QTest.qWait(1)
    assert (
        first.mapTo(form, first.rect().topLeft()).y()
        == second.mapTo(form, second.rect().topLeft()).y()
    )
    form.holder.resize(400, 400)
    QTest.qWait(1)
    assert (
        first.mapTo(form, first.rect().topLeft()).y()
        < second.mapTo(form, second.rect().topLeft()).y()
    )


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
@pytest.mark.parametrize("width", [420, 760])
def test_no_label_is_clipped(
    make: Callable[..., Form], look: Look, language: str, width: int
) -> None:
    other = Look.of(look.theme, Words(language), look.clock)
    for noun, values in EVERY.items():
        names = [name for name in values if name != "currency"]
        form = make(noun, *names, look=other)
        form.holder.resize(width, 700)
        form.load({})
        form.cells[names[0]].say(other.words("field.too_long", limit=1000, length=1000), "wrong")
        QTest.qWait(1)
        assert clipped(form) == []


def test_the_clip_check_finds_what_is_clipped(qtbot: QtBot, look: Look) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    label = QLabel("一个很长的标签，放不下", holder)
    label.setFixedWidth(40)
    holder.show()
    assert len(clipped(holder)) == 1


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("一个很长的标签，在两行里放得下", True),
        ("unbreakable_as_it_is", False),
        ("又一行\n再一行", True),
    ],
)
def test_the_clip_check_knows_where_a_text_may_break(
    qtbot: QtBot, look: Look, text: str, fits: bool
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    label = QLabel(text, holder)
    label.setWordWrap(True)
    label.setFixedWidth(110)
    label.setFixedHeight(label.heightForWidth(110))
    holder.show()
    assert (clipped(holder) == []) == fits


@pytest.mark.parametrize("lines", [1, 3, 14])
def test_a_note_shows_all_its_lines_without_a_scroll_bar(
    qtbot: QtBot, look: Look, lines: int
) -> None:
    note = NoteEditor(look, fields(NOUNS["visit"])["note"], lines=1, most=14)
    qtbot.addWidget(note)
    note.resize(320, 40)
    with qtbot.waitExposed(note):
        note.show()
    note.set_typed("\n".join(["他们说 yes 🙂"] * lines))
    assert note.text.verticalScrollBar().maximum() == 0
    note.set_typed("\n".join(["他们说"] * 15))
    assert note.text.verticalScrollBar().maximum() > 0
