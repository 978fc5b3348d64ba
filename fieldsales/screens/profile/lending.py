"""Before the laptop is handed over: what they will see, and the password that brings it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit

from fieldsales.screens.profile.desk import Desk
from fieldsales.screens.profile.lent import Lent, keep_lock, kept_lock, lend
from fieldsales.services.lending import LEAST, Lock
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.pieces import button, column, label, row, set_tone

_WIDE = 560  # px at 100 %


class LendingPanel(CardScroll):
    """Asks what is to be agreed; `agreed` follows once it is kept."""

    agreed = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, gap=16)
        self._desk = desk
        self.title = label(look, size="section", bold=True, wrap=True)
        self.promise = label(look, words("profile.lend_promise"), tone="muted", wrap=True)
        self.shows_result = QCheckBox(words("profile.lend_shows_result"))
        self.shows_result.setChecked(True)
        self.password = QLineEdit()
        self.password.setAccessibleName(words("profile.password"))
        self.password.setMaxLength(200)
        self.password.setMaximumWidth(look.theme.px(280))
        self.password.returnPressed.connect(self.hand_over)
        self.told = label(look, tone="muted", wrap=True)
        self.keep = QCheckBox(words("profile.keep_password"))
        name = label(look, words("profile.password"), size="caption", tone="muted")
        name.setBuddy(self.password)
        self.go = button(
            look, words("profile.hand_over"), self.hand_over, icon="lock", role="primary"
        )
        cancel = button(look, words("profile.not_now"), self.left.emit, role="quiet")
        parts = column(
            look,
            self.title,
            self.promise,
            self.shows_result,
            column(look, name, self.password, self.told, gap=4),
            self.keep,
            row(look, self.go, cancel, None),
            gap=16,
        )
        self.body.addLayout(parts)
        self.body.addStretch(1)
        inside = self.widget()
        assert inside is not None
        inside.setMaximumWidth(look.theme.px(_WIDE + 48))
        self.setFocusProxy(self.password)

    def begin(self) -> None:
        """Asks anew."""
        words = self._desk.words
        kept = kept_lock(self._desk.context.state) is not None
        self.title.setText(words("profile.lend_to", name=self._desk.name))
        self.password.clear()
        self.password.setPlaceholderText(words("profile.password_kept") if kept else "")
        self._say("profile.password_hint_kept" if kept else "profile.password_hint", warn=False)
        self.keep.setChecked(kept)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def hand_over(self) -> None:
        """Keeps what was agreed, if there is a password."""
        desk, state = self._desk, self._desk.context.state
        typed = self.password.text()
        known = kept_lock(state)
        if not typed and known is None:
            self._say("profile.password_missing")
            return
        if typed and len(typed) < LEAST:
            self._say("profile.password_short")
            return
        if desk.contact_id is None:
            return
        lock = Lock.of(typed) if typed or known is None else known
        keep_lock(state, lock if self.keep.isChecked() else None)
        self.password.clear()
        lend(
            state,
            desk.context.store.path,
            Lent(desk.contact_id, lock, self.shows_result.isChecked()),
        )
        self.agreed.emit()

    def _say(self, key: str, *, warn: bool = True) -> None:
        self.told.setText(self._desk.words(key, n=LEAST))
        set_tone(self.told, "warn" if warn else "muted")
        if warn:
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
