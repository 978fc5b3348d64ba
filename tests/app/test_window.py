"""The window as a whole: tabs, keys, palette, undo, language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2 as sqlcipher

from fieldsales.app import found_again
from fieldsales.app.window import Window
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.page import CustomersScreen
from fieldsales.screens.sections import SectionedScreen
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.journal import Changed
from fieldsales.widgets.editors import NoteEditor
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.preview import Preview
from fieldsales.widgets.stops import stops
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words
from tests.workspaces import add


def _keys(qtbot: QtBot, window: QWidget, key: Qt.Key, control: bool = True) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(window, key, modifier)


def test_a_window_is_not_larger_than_the_screen(
    qtbot: QtBot, qapp: QApplication, context: Context
) -> None:
    context.look = Look.of(Theme(qapp, mode="light", scale=2.0), Words("zh_CN"))
    made = Window(context)
    qtbot.addWidget(made)
    room = made.screen().availableGeometry().size()
    for size in (made.minimumSize(), made.size()):  # with the frame that the system puts around it
        assert (size.width(), size.height()) == (room.width() - 16, room.height() - 48)


def test_every_tab_opens_and_has_a_name(window: Window) -> None:
    for name in window.names:
        page = window.show_named(name)
        assert page.isVisible()
    for button in window.rail.buttons.values():
        assert button.accessibleName()


def test_tab_leads_to_everything_on_every_page(window: Window, context: Context) -> None:
    context.run(LoadSample())
    for name in window.names:
        page = window.show_named(name)
        page.show_example()
        QApplication.processEvents()
        around = stops(page)
        for part in page.findChildren(QWidget):
            tabbed = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
            if tabbed and part.isVisible() and part.isEnabled():
                assert part in around, f"{name}: {type(part).__name__} {part.accessibleName()}"


def test_tab_enters_every_page_where_it_begins(
    qtbot: QtBot, window: Window, context: Context
) -> None:
    """Whatever has the focus when the page is shown: else what stands before that is left out."""
    context.run(LoadSample())
    rail = window.rail.buttons[0]
    for name in window.names:
        page = window.show_named(name)
        page.show_example()
        QApplication.processEvents()
        around = stops(page)
        if around:
            rail.setFocus()
            qtbot.keyClick(window, Qt.Key.Key_Tab)
            assert window.focusWidget() is around[0], name


def test_control_and_a_digit_change_the_tab(qtbot: QtBot, window: Window) -> None:
    _keys(qtbot, window, Qt.Key.Key_2)
    assert window.page is window.show_named("customers")
    _keys(qtbot, window, Qt.Key.Key_1)
    assert window.page is window.show_named("today")


def test_alt_left_goes_back(qtbot: QtBot, window: Window) -> None:
    window.show_named("trash")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page is window.show_named("today")


def test_alt_left_leads_back_from_every_tab(qtbot: QtBot, window: Window, context: Context) -> None:
    context.run(LoadSample())
    today = window.page
    for name in window.names[1:]:
        window.show_named(name).show_example()
        for _ in range(3):  # a page may have steps of its own
            if window.page is not today:
                focused = QApplication.focusWidget() or window
                qtbot.keyClick(focused, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert window.page is today, name


def test_control_z_undoes_and_says_what(qtbot: QtBot, window: Window, context: Context) -> None:
    customer = add(context.workspace, "customer", name="旧名")
    context.run(EditRecord("customer", customer, {"name": "新名"}))
    _keys(qtbot, window, Qt.Key.Key_Z)
    assert context.store.value("SELECT name FROM customer") == "旧名"
    assert window.bar.current is not None
    assert "修改" in window.bar.current.text
    qtbot.keyClick(
        window,
        Qt.Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert context.store.value("SELECT name FROM customer") == "新名"
    assert window.bar.current.text == "已重做：修改“新名”的客户名称"
    qtbot.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)  # and back
    assert context.store.value("SELECT name FROM customer") == "旧名"
    context.redo()
    context.redo()
    assert window.bar.current.text == context.words("undo.nothing_redo")
    assert not window.bar.current.stays


def test_undo_of_what_only_another_version_knows(
    qtbot: QtBot, window: Window, context: Context
) -> None:
    with context.workspace.journal.operation("paint_it_red", "window") as (writer, _):
        writer.insert("customer", {"name": "海润"})
    _keys(qtbot, window, Qt.Key.Key_Z)
    assert window.bar.current is not None
    assert window.bar.current.text == "已撤销：一处改动“海润”"


def test_a_large_undo_runs_beside_the_window(
    qtbot: QtBot, window: Window, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = context.workspace
    monkeypatch.setattr("fieldsales.services.workspace._MANY", 1)
    monkeypatch.setattr(context, "jobs", Jobs())
    customers = tuple(add(workspace, "customer", name=name) for name in "甲乙丙")
    context.run(TrashRecords("customer", customers))
    with context.store.transaction():  # so that the job waits for us
        _keys(qtbot, window, Qt.Key.Key_Z)
        assert [job.title for job in context.jobs.running()] == ["撤销中…"]
        _keys(qtbot, window, Qt.Key.Key_Z)
        assert window.bar.current is not None
        assert window.bar.current.text == context.words("undo.still.undo")
    qtbot.waitUntil(lambda: not context.jobs.running())
    assert "移到回收站" in window.bar.current.text
    assert context.store.value("SELECT count(*) FROM customer_facts") == 3
    context.redo()
    qtbot.waitUntil(lambda: not context.jobs.running())
    assert context.store.value("SELECT count(*) FROM customer_facts") == 0


def test_a_large_undo_can_be_stopped(
    qtbot: QtBot, window: Window, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = context.workspace
    monkeypatch.setattr("fieldsales.services.workspace._MANY", 1)
    monkeypatch.setattr(context, "jobs", Jobs())
    customers = tuple(add(workspace, "customer", name=name) for name in "甲乙")
    context.run(TrashRecords("customer", customers))
    with context.store.transaction():
        context.undo()
        context.jobs.running()[0].cancel()
    qtbot.waitUntil(lambda: not context.jobs.running())
    assert context.store.value("SELECT count(*) FROM customer_facts") == 0
    context.undo()  # and it can be asked for again
    qtbot.waitUntil(lambda: not context.jobs.running())
    assert context.store.value("SELECT count(*) FROM customer_facts") == 2


def test_what_waits_for_an_import_is_told_in_passing(window: Window, context: Context) -> None:
    customer = add(context.workspace, "customer", name="海润")
    with context.store.transaction():
        assert context.run(EditRecord("customer", customer, {"name": "x"})) is None
    assert window.bar.current is not None
    assert not window.bar.current.stays
    assert window.bar.current.text == context.words("store.busy")


@pytest.fixture
def elsewhere(db_path: Path, context: Context) -> Iterator[sqlcipher.Connection]:
    """Another program that has the file of the window."""
    other = sqlcipher.connect(db_path, isolation_level=None)
    yield other
    other.close()


def _type_note(qtbot: QtBot, window: Window, customer: str, text: str) -> NoteEditor:
    """Types into the note of a customer's card, and says what the bar then tells."""
    window.open_record("customer", customer)
    page = window.page
    assert isinstance(page, CustomersScreen)
    qtbot.wait(20)  # the form of all fields comes after what is read first
    assert page.card.details is not None
    editor = page.card.details.form.cells["note"].editor
    assert isinstance(editor, NoteEditor)
    editor.text.setFocus()
    qtbot.keyClicks(editor.text, text)
    return editor


def test_what_is_typed_while_another_program_writes_is_kept_and_saved_later(
    qtbot: QtBot,
    window: Window,
    context: Context,
    elsewhere: sqlcipher.Connection,
) -> None:
    first, second = (add(context.workspace, "customer", name=name) for name in ("海润", "绿源"))
    window.open_record("customer", first)
    elsewhere.execute("BEGIN IMMEDIATE")
    editor = _type_note(qtbot, window, first, "only by rail")
    _type_note(qtbot, window, second, "asks for samples")  # which ends the first
    qtbot.waitUntil(lambda: len(context.drafts("customer", second)) == 1, timeout=3_000)
    assert context.drafts("customer", first) == {"note": "only by rail"}
    assert drafts.of(context.store, "customer", first) == {}  # nothing gets in
    assert window.bar.current is not None
    assert window.bar.current.text == context.words("store.typed")
    assert window.bar.current.stays
    window.open_record("customer", first)
    qtbot.waitUntil(lambda: editor.typed() == "only by rail")
    elsewhere.execute("ROLLBACK")
    note = "SELECT note FROM customer WHERE id = ?"
    qtbot.waitUntil(lambda: context.store.value(note, [first]) == "only by rail", timeout=5_000)
    qtbot.waitUntil(lambda: context.workspace.drafts.trouble is None, timeout=3_000)
    assert window.bar.current.text == context.words("store.typed_saved")
    assert not window.bar.current.stays
    window.open_record("customer", second)
    qtbot.waitUntil(
        lambda: context.store.value(note, [second]) == "asks for samples", timeout=5_000
    )
    assert context.drafts("customer", first) == context.drafts("customer", second) == {}


def test_a_window_stays_while_what_was_typed_cannot_be_saved(
    qtbot: QtBot,
    window: Window,
    context: Context,
    elsewhere: sqlcipher.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("fieldsales.app.window._CLOSING", 0.01)
    customer = add(context.workspace, "customer", name="海润牧业")
    window.open_record("customer", customer)
    elsewhere.execute("BEGIN IMMEDIATE")
    _type_note(qtbot, window, customer, "only by rail")
    assert not window.close()
    assert window.isVisible()
    assert window.bar.current is not None
    assert window.bar.current.text == context.words("window.not_saved")
    elsewhere.execute("ROLLBACK")
    assert window.close()
    assert context.store.value("SELECT note FROM customer") == "only by rail"
    window.show()
    elsewhere.execute("BEGIN IMMEDIATE")
    _type_note(qtbot, window, customer, " now")
    assert not window.close()
    qtbot.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)  # what the bar offers
    assert not window.isVisible()


def test_what_the_palette_opens_has_the_focus_and_stands_at_its_top(
    qtbot: QtBot, window: Window, context: Context
) -> None:
    customer = add(context.workspace, "customer", name="海润牧业")
    contact = add(context.workspace, "contact", name="王建国", customer_id=customer)
    for asked, kind, row_id in (("海润", "customer", customer), ("王建国", "contact", contact)):
        for _again in range(2):
            _keys(qtbot, window, Qt.Key.Key_K)
            palette = window.palette_overlay
            qtbot.keyClicks(palette.line, "x")  # a text of its own, so that hits come anew
            palette.line.setText(asked)
            qtbot.keyClick(palette.line, Qt.Key.Key_Return)
            page = window.show_named("customers")
            focused = window.focusWidget()
            assert focused is not None
            shown = page.card if kind == "customer" else page.pages.people  # type: ignore[attr-defined]
            assert shown.isAncestorOf(focused), (kind, row_id)
            if kind == "customer":
                bar = page.card.verticalScrollBar()  # type: ignore[attr-defined]
                assert bar.value() == 0
                bar.setValue(bar.maximum())


def test_the_palette_offers_what_the_page_in_front_can_do_in_any_words(
    qtbot: QtBot, window: Window, context: Context
) -> None:
    customer = add(context.workspace, "customer", name="海润牧业")
    add(context.workspace, "contact", name="王建国", mobile="138 0000 0102", customer_id=customer)
    titles = {command.title for command in window.commands()}
    assert context.words("card.plan") not in titles
    assert context.words("menu.find") not in titles
    window.open_record("customer", customer)
    window.open_palette()
    palette = window.palette_overlay
    palette.line.setText("00000102")
    assert "138 0000 0102" in palette.hits()[0].subtitle
    palette.line.setText("add person")
    assert [hit.title for hit in palette.hits()] == [context.words("card.add_contact")]
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == context.words("card.new_contact")
    shortcuts = {command.title: command.shortcut for command in window.commands()}
    assert shortcuts[context.words("today.title")] == "Ctrl+1"


def test_the_palette_makes_a_deal_before_its_tab_was_ever_shown(
    window: Window, context: Context
) -> None:
    new = next(one for one in window.commands() if one.title == context.words("funnel.new"))
    new.act()
    focused = window.focusWidget()
    assert focused is not None
    assert context.words("field.deal.customer_id") in focused.accessibleName()


def test_half_a_sentence_from_before_is_told_once_and_shown(
    window: Window, context: Context
) -> None:
    found_again.tell(context)
    assert window.bar.current is None
    customer = add(context.workspace, "customer", name="海润牧业")
    gone = add(context.workspace, "contact", name="王建国", customer_id=customer)
    role = add(
        context.workspace,
        "buying_role",
        customer_id=customer,
        contact_id=add(context.workspace, "contact", name="刘海燕", customer_id=customer),
        role="user",
    )
    drafts.keep(context.store, "buying_role", role, "evidence", "听门卫说")
    drafts.keep(context.store, "contact", gone, "note", "他说")
    context.run(TrashRecords("contact", (gone,)))
    found_again.tell(context)
    message = window.bar.current
    assert message is not None
    assert not message.stays
    assert message.act is not None
    message.act()
    page = window.show_named("customers")
    assert page.card.customer_id == customer  # type: ignore[attr-defined]
    window.bar.close_bar()
    found_again.tell(context)
    assert window.bar.current is None


def test_a_new_customer_begins_on_any_page(qtbot: QtBot, window: Window) -> None:
    window.show_named("trash")
    _keys(qtbot, window, Qt.Key.Key_N)
    assert window.page is window.show_named("customers")
    assert window.page.detail.shows_new()  # type: ignore[attr-defined]


def test_the_bar_takes_a_deletion_back(qtbot: QtBot, window: Window, context: Context) -> None:
    customer = add(context.workspace, "customer", name="海润牧业")
    context.run(TrashRecords("customer", (customer,)), undoable="已删除")
    assert context.store.value("SELECT count(*) FROM customer_facts") == 0
    qtbot.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert context.store.value("SELECT count(*) FROM customer_facts") == 1


def test_the_palette_finds_by_initials_and_opens(
    qtbot: QtBot, window: Window, context: Context
) -> None:
    customer = add(context.workspace, "customer", name="北京海润牧业")
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    _keys(qtbot, window, Qt.Key.Key_K)
    line = window.palette_overlay.line
    qtbot.keyClicks(line, "hrmy")
    assert [hit.title for hit in window.palette_overlay.hits()][:1] == ["北京海润牧业"]
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert opened == [("customer", customer)]


def test_the_palette_opens_what_was_prepared(
    qtbot: QtBot, window: Window, context: Context
) -> None:
    prepared = {
        "断奶这一关": ("worksheet", {}, "pitch"),
        "等猪价起来再说": ("own_entry", {"kind": "objection"}, "pitch"),
        "销售自检": ("checklist_result", {"checklist": "self_audit"}, "library"),
    }
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    for title, (noun, values, tab) in prepared.items():
        row_id = add(context.workspace, noun, title=title, **values)
        _keys(qtbot, window, Qt.Key.Key_K)
        palette = window.palette_overlay
        qtbot.keyClicks(palette.line, "x")
        palette.line.setText(title)
        assert palette.hits()[0].aside == context.words(f"noun.{noun}")
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
        assert opened[-1] == (noun, row_id)
        assert window.page is window.show_named(tab)


def test_the_palette_does_commands_by_pinyin(qtbot: QtBot, window: Window) -> None:
    _keys(qtbot, window, Qt.Key.Key_K)
    line = window.palette_overlay.line
    qtbot.keyClicks(line, ">hsz")
    assert [hit.title for hit in window.palette_overlay.hits()] == ["回收站"]
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.page is window.show_named("trash")


def test_control_p_prints_what_is_shown_and_finds_elsewhere(
    qtbot: QtBot, window: Window, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[Preview] = []

    def note(preview: Preview) -> None:
        printed.append(preview)

    monkeypatch.setattr(Preview, "print_dialog", note)
    context.run(LoadSample())
    paper = window.show_named("paper")
    paper.show_example()
    preview = paper.findChild(Preview)
    preview.view.setFocus()
    _keys(qtbot, preview.view, Qt.Key.Key_P)
    assert printed == [preview]
    window.show_named("today")
    _keys(qtbot, window, Qt.Key.Key_P)
    assert window.palette_overlay.isVisible()
    assert printed == [preview]


def test_trouble_is_told_in_words(window: Window, context: Context) -> None:
    assert context.run(EditRecord("customer", "nobody", {"name": "x"})) is None
    assert window.bar.current is not None
    assert window.bar.current.text == context.words("record.gone")


def test_the_badge_counts_what_is_due(window: Window, context: Context) -> None:
    today = context.look.clock.today().isoformat()
    customer = add(context.workspace, "customer", name="海润")
    add(context.workspace, "task", title="回电话", due=today, customer_id=customer)
    names = [button.accessibleName() for button in window.rail.buttons.values()]
    assert "今日 1" in names


def test_what_a_command_wrote_is_seen_on_coming_back(
    qtbot: QtBot, window: Window, context: Context, workspace: Workspace
) -> None:
    terminal = QWidget()
    qtbot.addWidget(terminal)
    terminal.show()

    def come_back() -> None:
        for one in (terminal, window):
            with qtbot.waitActive(one):
                one.activateWindow()
        qtbot.waitUntil(lambda: not window._look_soon.isActive())

    add(workspace, "customer", name="海润牧业有限公司")
    window.show_named("customers")
    come_back()
    add(workspace, "customer", name="金穗饲料")  # is told at once
    command = Workspace.open(workspace.store.path, origin="command")
    added = add(command, "customer", name="绿源合作社")
    command.run(EditRecord("customer", added, {"region": "定边"}))
    command.close()
    heard: list[Changed] = []
    context.changed.connect(heard.append)
    come_back()
    assert [(one.rows, one.customers) for one in heard] == [({"customer": {added}}, {added})]
    counted = [part.text() for part in window.page.findChildren(QLabel) if part.isVisible()]
    assert "3" in counted
    come_back()
    assert len(heard) == 1  # it is told once


def test_the_palette_goes_to_each_section_before_its_tab_was_ever_shown(window: Window) -> None:
    said = {command.title: command for command in window.commands()}
    said["话术 › SPIN 提问"].act()
    assert isinstance(window.page, SectionedScreen)
    assert window.page.switch.key == "spin"
    said["资料 › 常用句"].act()
    assert isinstance(window.page, SectionedScreen)
    assert window.page.switch.key == "phrases"
