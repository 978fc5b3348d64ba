"""The organisation chart (M15): drawn, zoomed, rearranged by dragging one person onto another."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QLabel, QWidget

from fieldsales.domain.organisation import tree
from fieldsales.methods.organisation_chart.picture import chart, finding
from fieldsales.reports.people_pictures import badge
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.services.operations.people import AddVacantPost, LeavePost, MoveInChart
from fieldsales.store.queries.people import PersonRow
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.menus import Entry, chosen, passing_menu
from fieldsales.widgets.pieces import button, column, label, row, tool_button
from fieldsales.widgets.zoom_view import ZoomView


class ChartView(QWidget):
    """The chart of all people of the customer with its tools."""

    person_pressed = Signal(str)
    superior_wanted = Signal(str)  # contact: choose by typing who they report to

    def __init__(self, desk: PeopleDesk) -> None:
        super().__init__()
        self._desk = desk
        look, words = desk.look, desk.words
        self.finding = label(look, wrap=True)
        self.zoom = ZoomView(look)
        self.zoom.clicked.connect(self.person_pressed)
        self.zoom.dropped.connect(self.put_below)
        self.zoom.menu_wanted.connect(self._menu)
        self._percent: QLabel = label(look, size="caption", tone="muted")
        self.zoom.zoomed.connect(self._say_zoom)
        self.post = LineEdit(look, calm=False)
        self.post.setPlaceholderText(words("people.post_hint"))
        self.post.setAccessibleName(words("people.add_post"))
        self.post.setMaximumWidth(look.theme.px(220))
        self.post.returnPressed.connect(self._add_post)
        self.post.hide()
        self._below = ""  # under whom the new post is drawn
        self._tools = row(
            look,
            tool_button(look, "zoom-out", words("people.zoom_out"), self.zoom.zoom_out),
            self._percent,
            tool_button(look, "zoom-in", words("people.zoom_in"), self.zoom.zoom_in),
            button(look, words("people.fit"), self.zoom.fit, role="quiet"),
            None,
            self.post,
            button(look, words("people.add_post"), self.ask_post, icon="add", role="quiet"),
            gap=4,
        )
        self._hint = label(look, words("people.drag_hint"), size="caption", tone="faint", wrap=True)
        self._empty = EmptyState(
            look,
            words("people.nobody"),
            icon="people",
            hint=words("people.chart_hint"),
            action=words("card.add_contact"),
            act=desk.add_wanted.emit,
            action_icon="add",
        )
        self._filled = QWidget()
        self._filled.setLayout(
            column(look, self.finding, self._tools, self.zoom, self._hint, gap=8)
        )
        whole = column(look, self._filled, self._empty)
        side = look.theme.px(24)
        whole.setContentsMargins(side, look.theme.px(8), side, look.theme.px(12))
        self.setLayout(whole)
        self.setFocusProxy(self.zoom)

    def begin(self) -> None:
        """Another customer."""
        self.zoom.begin()
        self.post.clear()
        self.post.hide()

    def show_people(self) -> None:
        """Draws what the desk has read."""
        desk, words = self._desk, self._desk.words
        rows = desk.people.rows
        self._filled.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if not rows:
            return
        roots = tree(found.contact for found in rows)
        badges = {found.contact.id: badge(found, desk.profile(found)) for found in rows}
        self.finding.setText(finding(roots, words, badges))
        tips = {found.contact.id: self._tip(found) for found in rows}
        self.zoom.show_picture(chart(roots, words, badges), tips)

    def _tip(self, found: PersonRow) -> str:
        """Name, then what is known, for the tooltip and for those who listen."""
        return "\n".join(filter(None, (found.contact.name, self._desk.told(found.contact))))

    def select(self, contact_id: str) -> None:
        self.zoom.go(contact_id)

    def _say_zoom(self, percent: int) -> None:
        self._percent.setText(f"{percent}%")

    # what is done

    def put_below(self, contact_id: str, above: str) -> None:
        """Puts somebody under another; a circle is refused in the bar."""
        desk = self._desk
        said = desk.words("people.moved", name=desk.name(contact_id), above=desk.name(above))
        desk.context.run(MoveInChart(contact_id, above), undoable=said)

    def _menu(self, contact_id: str, spot: QPoint) -> None:
        desk, words = self._desk, self._desk.words
        found = desk.row(contact_id)
        if found is None:
            return
        entries: list[Entry | None] = [
            (words("common.open"), self._open),
            (words("people.choose_superior"), self._choose_superior),
        ]
        if found.contact.reports_to_id:
            entries.append((words("people.to_top"), self._to_top))
        entries.append((words("people.add_post_below"), self._ask_post_below))
        if not found.contact.vacant:
            entries += [None, (words("people.left_post"), self._leave_post)]
        passing_menu(self, entries, contact_id).popup(spot)

    def _open(self) -> None:
        self.person_pressed.emit(chosen(self.sender()))

    def _choose_superior(self) -> None:
        self.superior_wanted.emit(chosen(self.sender()))

    def _leave_post(self) -> None:
        leave_post(self._desk, chosen(self.sender()))

    def _to_top(self) -> None:
        desk, contact_id = self._desk, chosen(self.sender())
        said = desk.words("people.moved_to_top", name=desk.name(contact_id))
        desk.context.run(MoveInChart(contact_id, None), undoable=said)

    def ask_post(self) -> None:
        """Asks what a new vacant post is called."""
        self._ask("")

    def _ask_post_below(self) -> None:
        self._ask(chosen(self.sender()))

    def _ask(self, below: str) -> None:
        desk = self._desk
        self._below = below
        hint = desk.words("people.post_hint")
        if below:
            hint = desk.words("people.post_below", name=desk.name(below))
        self.post.setPlaceholderText(hint)
        self.post.show()
        self.post.setFocus()

    def _add_post(self) -> None:
        desk, title = self._desk, self.post.text().strip()
        if not title:
            self.post.hide()
            return
        said = desk.words("people.post_added", name=title)
        operation = AddVacantPost(desk.customer_id, title, reports_to_id=self._below or None)
        if desk.context.run(operation, undoable=said) is not None:
            self.post.clear()
            self.post.hide()
            self.zoom.go(operation.row_id)
            self.zoom.setFocus()


def leave_post(desk: PeopleDesk, contact_id: str) -> None:
    """Somebody has left: their post stays, vacant."""
    said = desk.words("people.has_left", name=desk.name(contact_id))
    desk.context.run(LeavePost(contact_id), undoable=said)
