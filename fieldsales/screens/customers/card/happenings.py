"""The timeline of the card: a line that adds what just happened, and all that happened before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QMenu

from fieldsales.domain.clock import local_day
from fieldsales.domain.interaction import ANSWERED_KINDS, CONTACT_KINDS, Interaction
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.screens.changes import changes
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.entries import entry_face
from fieldsales.screens.customers.card.quick import QuickAdd
from fieldsales.screens.customers.card.records import RecordEditor
from fieldsales.screens.finders import people_finder
from fieldsales.screens.kept_files import FilesOf
from fieldsales.screens.satisfaction import ScoreRows
from fieldsales.services.operations.feedback import CloseFeedback, ReopenFeedback
from fieldsales.services.operations.records import AddRecord, TrashRecords
from fieldsales.store.queries.card import Entry
from fieldsales.store.queries.satisfaction import of_interaction
from fieldsales.widgets.card import Section
from fieldsales.widgets.form import Group
from fieldsales.widgets.menus import chosen, passing_menu
from fieldsales.widgets.pieces import PushButton, button, label
from fieldsales.widgets.tall_timeline import TallTimeline

FILTERS: Mapping[str, tuple[str, ...]] = {
    "everything": ("visit", "interaction", "task", "attachment"),
    "visits": ("visit",),
    "contacts": ("interaction",),
    "tasks": ("task",),
    "files": ("attachment",),
    "changes": (),
}
_AT_FIRST = 40  # entries before 'show older'


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
        self.filter_button = PushButton()
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
        self.show_filter(chosen(self.sender()))

    def _name_filter(self) -> None:
        words = self.context.words
        self.filter_button.setText(words(f"card.show_{self._filter}"))

    def _show(self) -> None:
        words = self.context.words
        if self._filter == "changes":
            entries = changes(self.context, self.customer_id)
        else:
            kinds = FILTERS[self._filter]
            entries = [entry_face(words, one) for one in self._entries if one.kind in kinds]
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
                self._show_rest(found)

    def _show_whole(self) -> None:
        self._whole = True
        self._show()

    # what is done with entries

    def write(self, kind: str) -> None:
        """Begin a line about a call, a message, a complaint."""
        self.quick.begin(kind)

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
            self.context.open_file(record)
        elif isinstance(record, Interaction):
            self.open_interaction(record.id)
        elif isinstance(record, Visit | Task):
            self.context.open(key.partition(":")[0], record.id)

    def _delete(self, key: str) -> None:
        kind, _, row_id = key.partition(":")
        if row_id:
            said = self.context.words("card.trashed", name=self.context.words(f"noun.{kind}"))
            self.context.run(TrashRecords(kind, (row_id,)), undoable=said)

    def _entry_menu(self, key: str, spot: QPoint) -> None:
        words = self.context.words
        entries = (
            (words("common.open"), self._menu_open),
            (words("common.copy"), self.list.copy),
            (words("card.trash"), self._menu_delete),
        )
        passing_menu(self, entries, key).popup(spot)

    def _menu_open(self) -> None:
        self._open(chosen(self.sender()))

    def _menu_delete(self) -> None:
        self._delete(chosen(self.sender()))

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
        self._show_rest(record)
        self.editor.show()
        self.editor.form.focus("text")
        return True

    def _build_editor(self) -> None:
        groups = (Group("", ("kind", "at", "contact_id", "text"), wide=("contact_id",)),)
        finders = {"contact_id": people_finder(self.context, self._customer)}
        self.editor = RecordEditor(self.context, "interaction", groups, finders)
        self.editor.closed.connect(self._fold)
        self.editor.trash_wanted.connect(self._trash_open)
        look, words = self.context.look, self.context.words
        self._settle = button(look, "", self._toggle_settled)
        self._deal_with = button(
            look, words("card.deal_with"), self._open_feedback, icon="forward", role="link"
        )
        self.editor.buttons.insertWidget(1, self._deal_with)
        self.editor.buttons.insertWidget(1, self._settle)
        self._asked = label(look, words("satisfaction.ask"), size="caption", tone="muted")
        self.scores = ScoreRows(self.context, self._about_open)
        self.editor.extra.addWidget(self._asked)
        self.editor.extra.addWidget(self.scores)
        self.files = FilesOf(self.context, "interaction")
        self.editor.extra.addWidget(self.files)
        self.body.insertWidget(1, self.editor)

    def _customer(self) -> str:
        return self.customer_id

    def _about_open(self) -> Mapping[str, object]:
        """Whose score it is that is given in the contact that is open, and of which day."""
        record = self._record(f"interaction:{self._open_id}")
        assert isinstance(record, Interaction)
        return {
            "customer_id": record.customer_id,
            "contact_id": record.contact_id,
            "interaction_id": record.id,
            "scored_on": local_day(record.at).isoformat(),
        }

    def _show_rest(self, record: Interaction) -> None:
        """What else can be done with the contact that is open."""
        words = self.context.words
        wants = record.kind in ANSWERED_KINDS
        talked = record.kind in CONTACT_KINDS
        self._asked.setVisible(talked)
        self.scores.setVisible(talked)
        self.scores.show_scores(of_interaction(self.context.store, record.id))
        self.files.show_for(record.id, record.customer_id)
        self._deal_with.setVisible(wants)
        self._settle.setVisible(wants)
        self._settle.setText(words("card.reopen" if record.closed_at else "card.settle"))

    def _toggle_settled(self) -> None:
        record = self._record(f"interaction:{self._open_id}")
        if isinstance(record, Interaction):
            closed = bool(record.closed_at)
            operation = ReopenFeedback(record.id) if closed else CloseFeedback(record.id)
            said = self.context.words("feedback.reopened" if closed else "feedback.closed")
            self.context.run(operation, undoable=said)

    def _open_feedback(self) -> None:
        self.context.open("feedback", self._open_id)

    def _trash_open(self) -> None:
        row_id = self._open_id
        self.close_editor()
        self._delete(f"interaction:{row_id}")

    def _fold(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # before Qt looks for a place itself
        self.close_editor()

    def close_editor(self) -> None:
        """Save and fold the form."""
        if self.editor is not None and self._open_id:
            self.editor.form.flush()
            self._open_id = ""
            self.editor.hide()
