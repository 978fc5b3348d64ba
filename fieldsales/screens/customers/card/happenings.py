"""The timeline of the card: a line that adds what just happened, and all that happened before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.interaction import KINDS, Interaction
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.changes import changes
from fieldsales.screens.customers.card.files import open_file
from fieldsales.screens.customers.card.finders import people_finder
from fieldsales.screens.customers.card.header import VERDICT_TONES
from fieldsales.screens.customers.card.keeping import AddLine
from fieldsales.screens.customers.card.records import RecordEditor
from fieldsales.services.operations.records import AddRecord, EditRecord, TrashRecords
from fieldsales.store.queries.card import Entry
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.form import Group
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import button, row
from fieldsales.widgets.timeline import Timeline, TimelineEntry

FILTERS: Mapping[str, tuple[str, ...]] = {
    "everything": ("visit", "interaction", "task", "attachment"),
    "visits": ("visit",),
    "contacts": ("interaction",),
    "tasks": ("task",),
    "files": ("attachment",),
    "changes": (),
}
_AT_FIRST = 40  # entries before 'show older'
_ICONS = {
    "call": "phone",
    "message": "message",
    "email": "mail",
    "feedback": "signal",
    "complaint": "warning",
    "note": "note",
}


class TallTimeline(Timeline):
    """A timeline as high as its entries: the card around it scrolls."""

    pressed_key = Signal(str)  # a plain click, where `opened` is Enter

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        super().set_entries(entries)
        self.fit()

    def fit(self) -> None:
        """Take the height of all entries at this width."""
        height = sum(
            self.sizeHintForIndex(self.model().index(at, 0)).height() for at in self._rows()
        )
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(max(1, height))

    def _rows(self) -> range:
        return range(self.model().rowCount())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        plain = not event.modifiers() and event.button() == Qt.MouseButton.LeftButton
        index: QModelIndex = self.indexAt(event.position().toPoint())
        if plain and index.isValid() and self.current_key():
            self.pressed_key.emit(self.current_key())


class QuickAdd(QWidget):
    """What kind of contact, and what was said: one Enter."""

    added = Signal(str, str)  # kind, text

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._words = words
        self.kind = "call"
        self._look = look
        self.kind_button = QToolButton()
        self.kind_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.kind_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        side = look.theme.px(16)
        self.kind_button.setIconSize(QSize(side, side))
        self._menu = QMenu(self.kind_button)
        for code in KINDS:
            action = self._menu.addAction(look.icons(_ICONS[code]), self._named(code))
            action.setData(code)
            action.triggered.connect(self._chosen)
        self.kind_button.setMenu(self._menu)
        self.line = AddLine(context, "interaction", words("hint.interaction.text"))
        self.line.added.connect(self._add)
        layout = row(look, self.kind_button, self.line, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.set_kind("call")

    def _named(self, code: str) -> str:
        return self._words.choice("interaction_kind", code)

    def set_kind(self, kind: str) -> None:
        self.kind = kind
        self.kind_button.setText(self._named(kind))
        self.kind_button.setIcon(self._look.icons(_ICONS[kind]))
        name = self._words("card.kind_of_contact", name=self._named(kind))
        self.kind_button.setAccessibleName(name)

    def begin(self, kind: str) -> None:
        """Choose a kind and put the cursor into the line."""
        self.set_kind(kind)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> None:
        self.begin(self.sender().data())

    def _add(self, text: str) -> None:
        self.added.emit(self.kind, text)


class HappeningsSection(Section):
    """Quick add, what to show, the entries, and the form of a call or message that is opened."""

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, words("card.timeline"), gap=4)
        self.context = context
        self.customer_id = ""
        self._entries: Sequence[Entry] = ()
        self._filter = "everything"
        self._whole = False
        self._open_id = ""
        self.filter_button = QPushButton()
        self.filter_button.setProperty("role", "link")
        self.filter_button.setIcon(look.icons("chevron-down", "accent"))
        self.filter_button.setIconSize(QSize(look.theme.px(16), look.theme.px(16)))
        self.filter_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # text, then arrow
        self._menu = QMenu(self.filter_button)
        for name in FILTERS:
            action = self._menu.addAction(words(f"card.show_{name}"))
            action.setData(name)
            action.triggered.connect(self._filter_chosen)
        self.filter_button.setMenu(self._menu)
        self.add_to_head(self.filter_button)
        self.quick = QuickAdd(context)
        self.quick.added.connect(self._add)
        self.editor: RecordEditor | None = None
        self.list = TallTimeline(look)
        self.list.opened.connect(self._open)
        self.list.pressed_key.connect(self._open)
        self.list.delete_wanted.connect(self._delete)
        self.list.menu_wanted.connect(self._entry_menu)
        self.list.setAccessibleName(words("card.timeline"))
        self._older = button(look, "", self._show_whole, role="link")
        self._nothing = button(look, words("card.nothing_happened"), self._begin, role="link")
        for part in (self.quick, self.list, self._older, self._nothing):
            self.body.addWidget(part)
        for part in (self._older, self._nothing):
            self.body.setAlignment(part, Qt.AlignmentFlag.AlignLeft)
        self._name_filter()

    def add_to_head(self, part: QWidget) -> None:
        """Put something at the end of the heading's line."""
        head = self.layout().itemAt(0).layout()
        assert head is not None
        head.addWidget(part)

    def load(self, customer_id: str, kept: Mapping[str, str]) -> None:
        self.close_editor()
        self.customer_id = customer_id
        self._whole = False
        self._filter = "everything"
        self._name_filter()
        self.quick.line.load(customer_id, kept)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._show()

    def show_filter(self, name: str) -> None:
        """Show only what one filter lets through; `changes` is the record's own history."""
        self._filter = name
        self._name_filter()
        self._show()

    def flush(self) -> None:
        self.quick.line.keep_draft()
        if self.editor is not None and self._open_id:
            self.editor.form.flush()

    def _filter_chosen(self) -> None:
        self.show_filter(self.sender().data())

    def _name_filter(self) -> None:
        words = self.context.words
        self.filter_button.setText(words(f"card.show_{self._filter}"))

    def _show(self) -> None:
        words = self.context.words
        if self._filter == "changes":
            entries = changes(self.context, self.customer_id)
        else:
            kinds = FILTERS[self._filter]
            entries = [self._entry(entry) for entry in self._entries if entry.kind in kinds]
        shown = entries if self._whole else entries[:_AT_FIRST]
        self.list.set_entries(shown)
        self.list.setVisible(bool(shown))
        self._nothing.setVisible(not entries and self._filter == "everything")
        rest = len(entries) - len(shown)
        self._older.setVisible(rest > 0)
        self._older.setText(words("card.older", n=rest))
        if self._open_id and not any(e.row_id == self._open_id for e in self._entries):
            self.close_editor()
        elif self._open_id and self.editor is not None:
            found = self._record(f"interaction:{self._open_id}")
            if isinstance(found, Interaction):
                self.editor.refresh(found)
                self._settle_button(found)

    def _show_whole(self) -> None:
        self._whole = True
        self._show()

    # one entry

    def _entry(self, entry: Entry) -> TimelineEntry:
        record = entry.record
        if isinstance(record, Visit):
            return self._visit(entry, record)
        if isinstance(record, Interaction):
            return self._interaction(entry, record)
        words = self.context.words
        title, icon, role, text = "", "document", "ink-2", ""
        if isinstance(record, Task):
            title, icon, role = words("card.done_task", title=record.title), "check", "good"
        elif isinstance(record, Attachment):
            icon = {"photo": "camera", "file": "attach"}.get(record.kind, "document")
            title = record.name
            text = words.choice("attachment_kind", "report") if record.kind == "report" else ""
        return TimelineEntry(
            kind=entry.kind,
            at=from_stamp(entry.at),
            title=self._with_people(title, entry),
            text=text,
            icon=icon,
            key=f"{entry.kind}:{entry.row_id}",
            role=role,
        )

    def _with_people(self, title: str, entry: Entry) -> str:
        people = self.context.words("card.and").join(entry.who)
        return f"{title} · {people}" if people else title

    def _visit(self, entry: Entry, visit: Visit) -> TimelineEntry:
        words = self.context.words
        judgement = visit.judgement
        lines = []
        if visit.state in ("planned", "running") and visit.objective:
            lines.append(visit.objective)
        if visit.their_action:
            lines.append(words("card.they_do", what=visit.their_action))
        if visit.our_action:
            lines.append(words("card.we_do", what=visit.our_action))
        if not lines and visit.note:
            lines.append(visit.note)
        if judgement is not None:
            name = words.choice("verdict", judgement.verdict)
            badge = ChipFace(name, VERDICT_TONES[judgement.verdict])
        else:
            tone = "accent" if visit.state in ("planned", "running") else "plain"
            badge = ChipFace(words.choice("visit_state", visit.state), tone)
        title = words("noun.visit")
        if visit.kind != "field":
            title = words.choice("visit_kind", visit.kind)
        return TimelineEntry(
            kind="visit",
            at=from_stamp(entry.at),
            title=self._with_people(title, entry),
            text="\n".join(lines),
            icon="visit",
            key=f"visit:{visit.id}",
            badge=badge,
            role="ink-3" if visit.state == "cancelled" else "accent",
        )

    def _interaction(self, entry: Entry, record: Interaction) -> TimelineEntry:
        words = self.context.words
        badge = None
        if record.kind == "complaint":
            closed = record.closed_at is not None
            text = words("card.complaint_closed" if closed else "card.complaint_open")
            badge = ChipFace(text, "good" if closed else "bad")
        return TimelineEntry(
            kind="interaction",
            at=from_stamp(record.at),
            title=self._with_people(words.choice("interaction_kind", record.kind), entry),
            text=record.text,
            icon=_ICONS.get(record.kind, "note"),
            key=f"interaction:{record.id}",
            badge=badge,
            role="bad" if record.kind == "complaint" else "ink-2",
        )

    # what is done with entries

    def _begin(self) -> None:
        self.quick.begin("call")

    def _add(self, kind: str, text: str) -> None:
        values = {
            "customer_id": self.customer_id,
            "kind": kind,
            "at": self.context.workspace.clock.stamp(),
            "text": text,
        }
        if self.context.run(AddRecord("interaction", values)) is not None:
            self.quick.line.clear_added()

    def _record(self, key: str) -> object:
        kind, _, row_id = key.partition(":")
        return next((e.record for e in self._entries if (e.kind, e.row_id) == (kind, row_id)), None)

    def _open(self, key: str) -> None:
        record = self._record(key)
        if isinstance(record, Attachment):
            open_file(self.context, record)
        elif isinstance(record, Interaction):
            self.open_interaction(record.id)
        elif isinstance(record, Visit | Task):
            self.context.open(key.partition(":")[0], record.id)

    def _delete(self, key: str) -> None:
        kind, _, row_id = key.partition(":")
        if row_id:
            said = self.context.words("card.trashed", name=self.context.words(f"noun.{kind}"))
            self.context.run(TrashRecords(kind, (row_id,)), undoable=said)

    def _entry_menu(self, key: str, spot: object) -> None:
        words = self.context.words
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act in (
            (words("common.open"), self._menu_open),
            (words("common.copy"), self.list.copy),
            (words("card.trash"), self._menu_delete),
        ):
            action = menu.addAction(text)
            action.setData(key)
            action.triggered.connect(act)
        menu.popup(spot)

    def _menu_open(self) -> None:
        self._open(self.sender().data())

    def _menu_delete(self) -> None:
        self._delete(self.sender().data())

    # the form of a call, a message, a complaint

    def open_interaction(self, row_id: str) -> bool:
        """Open its form above the list; False if it is not here."""
        record = self._record(f"interaction:{row_id}")
        if not isinstance(record, Interaction):
            return False
        self.close_editor()
        if self.editor is None:
            self._build_editor()
        assert self.editor is not None
        self._open_id = row_id
        self.editor.load(record)
        self._settle_button(record)
        self.editor.show()
        self.editor.form.focus("text")
        return True

    def _build_editor(self) -> None:
        groups = (Group("", ("kind", "at", "contact_id", "text"), wide=("contact_id",)),)
        finders = {"contact_id": people_finder(self.context, self._customer)}
        self.editor = RecordEditor(self.context, "interaction", groups, finders)
        self.editor.closed.connect(self.close_editor)
        self.editor.trash_wanted.connect(self._trash_open)
        self._settle = button(self.context.look, "", self._toggle_settled)
        self.editor.buttons.insertWidget(1, self._settle)
        self.body.insertWidget(1, self.editor)

    def _customer(self) -> str:
        return self.customer_id

    def _settle_button(self, record: Interaction) -> None:
        words = self.context.words
        self._settle.setVisible(record.kind in ("complaint", "feedback"))
        self._settle.setText(words("card.reopen" if record.closed_at else "card.settle"))

    def _toggle_settled(self) -> None:
        record = self._record(f"interaction:{self._open_id}")
        if isinstance(record, Interaction):
            at = None if record.closed_at else self.context.workspace.clock.stamp()
            said = self.context.words("card.settled") if at else ""
            self.context.run(EditRecord("interaction", record.id, {"closed_at": at}), undoable=said)

    def _trash_open(self) -> None:
        row_id = self._open_id
        self.close_editor()
        self._delete(f"interaction:{row_id}")

    def close_editor(self) -> None:
        """Save and fold the form."""
        if self.editor is not None and self._open_id:
            self.editor.form.flush()
            self._open_id = ""
            self.editor.hide()
