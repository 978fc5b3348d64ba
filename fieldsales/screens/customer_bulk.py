"""Several customers at once: one choice changes them all, as one operation with its undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from fieldsales.domain.customer import HORIZONS, IMPORTANCES, SOURCES
from fieldsales.domain.portfolio import IMPORTANCE
from fieldsales.screens.campaigns import begin_campaign
from fieldsales.screens.contract import Context
from fieldsales.screens.many import run_many
from fieldsales.services.operations.campaigns import AddToCampaign
from fieldsales.services.operations.portfolio import PinClasses
from fieldsales.services.operations.records import EditMany, TrashRecords
from fieldsales.services.operations.tags import TagCustomers
from fieldsales.services.workspace import Operation
from fieldsales.store.queries import customers
from fieldsales.store.queries.campaigns import running
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.menus import chosen
from fieldsales.widgets.pieces import PushButton, button, column, hairline, label, row
from fieldsales.widgets.tags import TagPicker

_CHOICES = {"horizon": HORIZONS, IMPORTANCE: IMPORTANCES, "source": SOURCES}


class BulkPanel(CardScroll):
    """What can be set for all that are selected."""

    leave_wanted = Signal()  # back to one
    trash_wanted = Signal()

    def __init__(
        self,
        context: Context,
        selected: Callable[[], Sequence[int]],
        *,
        leave: str = "bulk.leave",  # words key of the way back
    ) -> None:
        look, words = context.look, context.words
        super().__init__(look)
        self.context = context
        self._selected = selected
        self.title = label(look, size="section", bold=True)
        hint = label(look, words("bulk.hint"), tone="muted", wrap=True)
        inside = QWidget()
        inside.setMaximumWidth(look.theme.px(520))
        lines: QVBoxLayout = column(look, gap=12)
        self.menus: dict[str, QPushButton] = {}
        for name, codes in _CHOICES.items():
            lines.addLayout(self._labelled(name, self._choice(name, codes)))
        self.lines: dict[str, LineEdit] = {}
        for name in ("region", "seller"):
            line = LineEdit(look, calm=False)
            line.setObjectName(name)
            line.setPlaceholderText(words("bulk.type_and_enter"))
            line.setAccessibleName(words(f"field.customer.{name}"))
            line.returnPressed.connect(self._typed)
            self.lines[name] = line
            lines.addLayout(self._labelled(name, line))
        self.add_tag = TagPicker(look, lambda: customers.tags_in_use(context.store))
        self.add_tag.taken.connect(self._tag)
        lines.addLayout(row(look, self._caption(words("bulk.add_tag")), self.add_tag))
        self.remove_tag = PushButton(words("bulk.choose_tag"))
        menu = QMenu(self.remove_tag)
        menu.aboutToShow.connect(self._fill_tags)
        self.remove_tag.setMenu(menu)
        self.remove_tag.setAccessibleName(words("bulk.remove_tag"))
        lines.addLayout(row(look, self._caption(words("bulk.remove_tag")), self.remove_tag, None))
        self.campaign = PushButton(words("bulk.campaign_choose"))
        self.campaign.setAccessibleName(words("bulk.campaign"))
        runs = QMenu(self.campaign)
        runs.aboutToShow.connect(self._fill_campaigns)
        self.campaign.setMenu(runs)
        lines.addLayout(row(look, self._caption(words("bulk.campaign")), self.campaign, None))
        inside.setLayout(lines)
        self.trash_button = button(
            look, words("card.trash"), self.trash_wanted.emit, icon="trash", role="danger"
        )
        self.merge_button = button(look, words("duplicates.merge_two"), self.merge, icon="copy")
        self.merge_button.hide()
        back = button(look, words(leave), self.leave_wanted.emit, role="quiet")
        for part in (self.title, hint, inside, hairline(look)):
            self.body.addWidget(part)
        self.body.addLayout(row(look, self.trash_button, self.merge_button, back, None))
        self.body.addStretch(1)

    def _caption(self, text: str) -> QWidget:
        made = label(self.context.look, text, tone="muted")
        made.setMinimumWidth(self.context.look.theme.px(120))
        return made

    def _labelled(self, name: str, part: QWidget) -> QHBoxLayout:
        caption = self._caption(self.context.words(f"field.customer.{name}"))
        layout = row(self.context.look, caption, part)
        if isinstance(part, QPushButton):
            layout.addStretch(1)
        return layout

    def _choice(self, name: str, codes: Sequence[str]) -> QPushButton:
        words = self.context.words
        made = PushButton(words("bulk.choose"))
        made.setAccessibleName(words(f"field.customer.{name}"))
        menu = QMenu(made)
        for code in (*codes, ""):
            none = "classes.unpin" if name == IMPORTANCE else "widgets.leave_empty"
            text = words.choice(name, code) if code else words(none)
            action = menu.addAction(text)
            action.setData((name, code))
            action.triggered.connect(self._chosen)
        made.setMenu(menu)
        self.menus[name] = made
        return made

    def show_count(self, count: int) -> None:
        self.title.setText(self.context.words("bulk.title", n=self.context.words.number(count)))
        self.merge_button.setVisible(count == 2)

    def merge(self) -> None:
        """The two that are selected side by side, to make them one."""
        self.context.open("duplicates", ":".join(("customer", *self._ids())))

    # what is set

    def _chosen(self) -> None:
        self._set(*chosen(self.sender()))

    def _typed(self) -> None:
        line = self.sender()
        assert isinstance(line, LineEdit)
        self._set(line.objectName(), line.text().strip())
        line.clear()

    def _set(self, name: str, value: str) -> None:
        ids = self._ids()
        words = self.context.words
        field = words(f"field.customer.{name}")
        said = words("bulk.changed", n=words.number(len(ids)), field=field)
        operation: Operation = EditMany("customer", ids, {name: value})
        if name == IMPORTANCE:
            operation = PinClasses(ids, IMPORTANCE, value, words("classes.own_judgement"))
        self._run(operation, len(ids), said)

    def _tag(self, name: str) -> None:
        ids = self._ids()
        words = self.context.words
        said = words("bulk.tagged", n=words.number(len(ids)), name=name)
        self._run(TagCustomers(ids, add=(name,)), len(ids), said)

    def _fill_tags(self) -> None:
        menu = self.remove_tag.menu()
        menu.clear()
        for name in customers.tags_in_use(self.context.store):
            action = menu.addAction(name.replace("&", "&&"))
            action.setData(name)
            action.triggered.connect(self._untag)

    def _untag(self) -> None:
        name, ids, words = chosen(self.sender()), self._ids(), self.context.words
        said = words("bulk.untagged", n=words.number(len(ids)), name=name)
        self._run(TagCustomers(ids, remove=(name,)), len(ids), said)

    def _fill_campaigns(self) -> None:
        menu, words = self.campaign.menu(), self.context.words
        menu.clear()
        menu.addAction(words("bulk.campaign_new")).triggered.connect(self.begin_campaign)
        for one in running(self.context.store):
            action = menu.addAction(one.name.replace("&", "&&"))
            action.setData((one.id, one.name))
            action.triggered.connect(self._join_campaign)

    def begin_campaign(self) -> None:
        """A campaign for all that are selected."""
        begin_campaign(self.context, self._ids())

    def _join_campaign(self) -> None:
        (campaign_id, name), ids = chosen(self.sender()), self._ids()
        said = self.context.words("campaign.added", name=name)
        self._run(AddToCampaign(campaign_id, ids), len(ids), said)

    def trash(self) -> None:
        """All that are selected, as one operation."""
        ids, words = self._ids(), self.context.words
        said = words("bulk.trashed", n=words.number(len(ids)))
        self._run(TrashRecords("customer", ids), len(ids), said)

    def _ids(self) -> tuple[str, ...]:
        return tuple(customers.ids(self.context.store, self._selected()))

    def _run(self, operation: Operation, count: int, said: str) -> None:
        run_many(self.context, operation, count, said)

    def focus_first(self) -> None:
        next(iter(self.menus.values())).setFocus(Qt.FocusReason.OtherFocusReason)
