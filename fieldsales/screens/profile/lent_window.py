"""The laptop in a contact's hands: the whole screen, nothing of the file but their own sheets."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from fieldsales.domain.contact import Contact
from fieldsales.domain.profile import Assessment
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.methods.whole_brain.picture import kite
from fieldsales.methods.whole_brain.profiles import finding
from fieldsales.methods.whole_brain.told import told_profile
from fieldsales.screens.contract import Context
from fieldsales.screens.profile.lent import Lent
from fieldsales.screens.profile.taking import Taking
from fieldsales.screens.profile.texts import TypeTexts
from fieldsales.services.workspace import Operation
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, column, label, row, set_tone

_MARGIN = 32
_WIDE = 1080  # px at 100 %
_KITE = 480.0
_TROUBLES = {"store.busy": "store.busy", "record.gone": "profile.lent_gone"}


class LentWindow(QWidget):
    """Welcome, sheets, thanks. It closes by the password alone; `came_back` says it has."""

    came_back = Signal(str)  # id of the assessment that was finished, '' for none

    def __init__(self, context: Context, agreed: Lent) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        look, words = context.look, context.words
        self._context, self._agreed = context, agreed
        self._finished = ""
        self._open = False  # the password was right
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(words("profile.lent_title"))
        contact = context.store.record(Contact, agreed.contact_id or None)
        there = contact is not None and not contact.trashed_at
        self._name = contact.name if contact is not None and there else ""
        self._brain = whole_brain(words.language)
        self.trouble = label(look, tone="bad", wrap=True)
        self.trouble.hide()
        self.taking = Taking(look, context.store, self._brain, self._run)
        self.taking.finished.connect(self._done)
        self.taking.gone.connect(self._nothing_left)
        self.stack = QStackedWidget()
        self._welcome = self._build_welcome(there=there)
        self._thanks = self._build_thanks()
        self._unlock = self._build_unlock()
        for page in (self._welcome, self.taking, self._thanks, self._unlock):
            self.stack.addWidget(page)
        self._before: QWidget = self._welcome
        self.back = button(look, words("profile.give_back"), self.ask, icon="lock", role="quiet")
        side = look.theme.px(_MARGIN)
        layout = column(look, self.trouble, self.stack, row(look, None, self.back), gap=8)
        layout.setStretchFactor(self.stack, 1)
        inside = QWidget()
        inside.setMaximumWidth(look.theme.px(_WIDE))
        inside.setLayout(layout)
        outer = row(look, gap=0)
        outer.addStretch(1)
        outer.addWidget(inside, 100)
        outer.addStretch(1)
        outer.setContentsMargins(side, side, side, look.theme.px(16))
        self.setLayout(outer)
        context.changed.connect(self._follow)

    # the pages

    def _build_welcome(self, *, there: bool) -> QWidget:
        look, words = self._context.look, self._context.words
        page = QWidget()
        layout = column(look, None, gap=16)
        if there:
            hello = words("profile.lent_hello", name=self._name)
            for text, size in ((hello, "page"), (words("profile.lent_what"), "title")):
                layout.addWidget(label(look, text, size=size, bold=size == "page", wrap=True))
            layout.addWidget(label(look, words("profile.mild"), tone="muted", wrap=True))
            self.begin = button(look, words("profile.lent_begin"), self.start, role="primary")
            layout.addLayout(row(look, self.begin, None))
            page.setFocusProxy(self.begin)
        else:  # erased, or put in the trash, before it went on after a crash
            layout.addWidget(label(look, words("profile.lent_gone"), size="title", wrap=True))
        layout.addStretch(2)
        page.setLayout(layout)
        return page

    def _build_thanks(self) -> QWidget:
        look, words = self._context.look, self._context.words
        page = CardScroll(look, margin=0, gap=16)
        thanks = words("profile.lent_thanks", name=self._name)
        page.body.addWidget(label(look, thanks, size="page", bold=True, wrap=True))
        page.body.addWidget(label(look, words("profile.lent_hand_back"), size="title", wrap=True))
        self.result = QWidget()
        self.finding = label(look, size="section", bold=True, wrap=True)
        self.gist = label(look, size="title", wrap=True)
        self.picture = PictureBlock(look)
        self.texts = TypeTexts(look)
        self.result.setLayout(
            column(look, self.finding, self.gist, self.picture, self.texts, gap=16)
        )
        self.result.hide()
        page.body.addWidget(self.result)
        page.body.addStretch(1)
        return page

    def _build_unlock(self) -> QWidget:
        look, words = self._context.look, self._context.words
        page = QWidget()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(200)
        self.password.setMaximumWidth(look.theme.px(280))
        self.password.setAccessibleName(words("profile.password"))
        self.password.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.password.returnPressed.connect(self.unlock)
        self.told = label(look, words("profile.unlock_hint"), tone="muted", wrap=True)
        name = label(look, words("profile.password"), size="caption", tone="muted")
        name.setBuddy(self.password)
        go_on = button(look, words("profile.lent_go_on"), self._go_on)
        unlock = button(look, words("profile.unlock"), self.unlock, icon="lock", role="primary")
        page.setLayout(
            column(
                look,
                None,
                label(look, words("profile.unlock_title"), size="page", bold=True, wrap=True),
                column(look, name, self.password, self.told, gap=4),
                row(look, unlock, go_on, None),
                None,
                gap=16,
            )
        )
        page.setFocusProxy(self.password)
        return page

    # what happens

    def start(self) -> None:
        """The sheets, where they were left."""
        if self.taking.take(self._agreed.contact_id):
            self._show(self.taking)

    def ask(self) -> None:
        """Asks for the password; going on leads back to where they were."""
        if self._page() is not self._unlock:
            self._before = self._page()
        self.password.clear()
        self._tell("profile.unlock_hint", wrong=False)
        self._show(self._unlock)
        self.back.hide()

    def unlock(self) -> None:
        """Ends it if the password is right."""
        if not self._agreed.lock.opens(self.password.text()):
            self.password.clear()
            self._tell("profile.wrong_password", wrong=True)
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.password.clear()
        self._open = True
        self.came_back.emit(self._finished)

    def _go_on(self) -> None:
        self.back.show()
        self._show(self._before)

    def _page(self) -> QWidget:
        page = self.stack.currentWidget()
        assert page is not None
        return page

    def _show(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, key: str, *, wrong: bool) -> None:
        self.told.setText(self._context.words(key))
        set_tone(self.told, "bad" if wrong else "muted")

    def _done(self, assessment_id: str) -> None:
        self._finished = assessment_id
        context, words = self._context, self._context.words
        kept = context.store.record(Assessment, assessment_id)
        if self._agreed.shows_result and kept is not None:
            profile = told_profile(self._name, kept, self._brain, words)
            told = self._brain.type_told(profile.scores)
            self.finding.setText(finding([profile], words))
            self.picture.show_picture("", lambda room: kite([profile], words, min(room, _KITE)))
            if told is not None:
                self.gist.setText(f"{told.name} · {told.gist}")
                self.texts.show_type(told)
            self.result.show()
        self._show(self._thanks)

    def _nothing_left(self) -> None:
        """What was being filled in is gone: erased from another program."""
        self.trouble.setText(self._context.words("profile.lent_gone"))
        self.trouble.show()
        self.ask()

    def _run(self, operation: Operation) -> bool:
        """Trouble is said here: the bar is in the window that is away."""
        words = self._context.words
        try:
            self._context.workspace.run(operation)
        except (UserError, EnvironmentProblem) as trouble:
            # its own words could name a path, or somebody else
            key = _TROUBLES.get(trouble.code, "profile.lent_trouble")
            self.trouble.setText(words(key))
            self.trouble.show()
            return False
        self.trouble.hide()
        return True

    def _follow(self, changed: object) -> None:
        if self._page() is self.taking:
            self.taking.refresh()

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._open:
            super().closeEvent(event)
            return
        event.ignore()
        self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._page() is self._unlock:
            self._go_on()
        event.accept()  # no key leads out
