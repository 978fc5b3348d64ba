"""The password of the file, and when the window locks."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.screens.contract import LOCKED_AFTER, LOCKED_USUALLY, REMEMBERED, Context
from fieldsales.screens.settings.groups import Group, group, labelled
from fieldsales.widgets.password_line import PasswordLine
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.segmented import Option, Segmented

_MINUTES = (2, 5, LOCKED_USUALLY, 30, 0)
Way = Literal["set", "change", "remove"]


class ProtectionSettings(Group):
    """Says how it stands; the lines for passwords come when one of the buttons is pressed.

    The password belongs to the file, the minutes to the laptop.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self._way: Way = "set"
        self.state = label(look, wrap=True)
        self.before = PasswordLine(look, words("lock.before"))
        self.new = PasswordLine(look, words("lock.new"))
        self.again = PasswordLine(look, words("lock.again"))
        self._lines = {
            "lock.before": self.before,
            "lock.new": self.new,
            "lock.again": self.again,
        }
        self._labelled = {key: labelled(look, key, line) for key, line in self._lines.items()}
        for line in self._lines.values():
            line.setMaximumWidth(look.theme.px(320))
            line.returnPressed.connect(self.go)
        self.told = label(look, tone="bad", wrap=True)
        self._hint = label(look, tone="muted", wrap=True)
        self.do = button(look, "", self.go, role="primary")
        cancel = button(look, words("common.cancel"), self._fold, role="quiet")
        self._form = QWidget()
        self._form.setLayout(
            column(
                look,
                *self._labelled.values(),
                self._hint,
                self.told,
                row(look, self.do, cancel, None),
                gap=12,
            )
        )
        self.set = button(look, words("lock.set"), lambda: self.begin("set"), icon="lock")
        self.change = button(look, words("lock.change"), lambda: self.begin("change"))
        self.remove = button(look, words("lock.remove"), lambda: self.begin("remove"))
        self.lock = button(
            look, words("lock.now"), context.lock_wanted.emit, icon="lock", role="normal"
        )
        more = button(
            look, words("lock.more"), lambda: context.open("help", "password"), role="link"
        )
        self._buttons = QWidget()
        self._buttons.setLayout(
            row(look, self.set, self.lock, self.change, self.remove, more, None)
        )
        minutes = [
            Option(str(n), words("lock.minutes", n=n) if n else words("lock.never"))
            for n in _MINUTES
        ]
        self.minutes = Segmented(look, minutes, name=words("lock.after"))
        self.minutes.chosen.connect(self._change_minutes)
        self._after = labelled(look, "lock.after", self.minutes)
        self._after_hint = label(
            look, words("lock.after_hint"), size="caption", tone="muted", wrap=True
        )
        self.remembered = QCheckBox(words("lock.remember"))
        self.remembered.setFont(look.theme.font())
        self.remembered.toggled.connect(self._remember)
        self._remember_hint = label(look, size="caption", tone="muted", wrap=True)
        made = group(
            look,
            "lock.group",
            self.state,
            self._buttons,
            self._form,
            self._after,
            self._after_hint,
            self.remembered,
            self._remember_hint,
        )
        self.setLayout(column(look, made))
        self._form.hide()

    def refresh(self) -> None:
        """Shows what holds now."""
        has = bool(self.context.store.passphrase)
        reads = self.context.store.read_only
        self.state.setText(self.context.words("lock.is_set" if has else "lock.is_not_set"))
        self.set.setVisible(not has)
        after, remember = (self._after, self._after_hint), (self.remembered, self._remember_hint)
        for part in (self.lock, self.change, self.remove, *after, *remember):
            part.setVisible(has)
        for one in (self.set, self.change, self.remove):
            one.setEnabled(not reads)
        kept = str(self.context.state.value(LOCKED_AFTER) or LOCKED_USUALLY)
        self.minutes.set_key(kept if kept in self.minutes.texts() else str(LOCKED_USUALLY))
        if has:
            self._show_remembered()

    def _show_remembered(self) -> None:
        from fieldsales.services.remembering import available

        can = available()
        self.remembered.setEnabled(can)
        hint = "lock.remember_hint" if can else "lock.no_keyring"
        self._remember_hint.setText(self.context.words(hint))
        with QSignalBlocker(self.remembered):
            self.remembered.setChecked(can and self.context.state.value(REMEMBERED) == "yes")

    def _remember(self, wanted: bool) -> None:
        self.context.remember_wanted.emit(wanted)
        self._show_remembered()

    def begin(self, way: Way) -> None:
        """Shows the lines that are needed."""
        words = self.context.words
        self._way = way
        needed = {
            "set": ("lock.new", "lock.again"),
            "change": ("lock.before", "lock.new", "lock.again"),
            "remove": ("lock.before",),
        }[way]
        for key, line in self._lines.items():
            line.forget()
            self._labelled[key].setVisible(key in needed)
        self.told.hide()
        self._hint.setText(words(f"lock.{way}_hint"))
        self.do.setText(words(f"lock.{way}_do"))
        self._buttons.hide()
        self._form.show()
        self._lines[needed[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self) -> None:
        """Asks the application to close the file and convert it, if what was typed will do."""
        from fieldsales.services import passwords

        try:
            key = None
            if self._way != "remove":
                passwords.refuse_weak(self.new.text())
                if self.new.text() != self.again.text():
                    raise UserError("lock.differ")
            if self._way != "set":
                key = passwords.unlock(self.context.file, self.before.text())
        except (UserError, EnvironmentProblem) as trouble:
            self.told.setText(self.context.words(trouble.code, **trouble.params))
            self.told.show()
            return
        wish = passwords.Wish(key, "" if self._way == "remove" else self.new.text())
        self._fold()
        self.context.password_wanted.emit(wish)

    def _fold(self) -> None:
        for line in self._lines.values():
            line.forget()
        self._form.hide()
        self._buttons.show()

    def _change_minutes(self, key: str) -> None:
        self.context.state.setValue(LOCKED_AFTER, key)
        self.context.lock_changed.emit()
