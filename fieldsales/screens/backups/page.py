"""The page: every copy of the file with what it holds; one is looked at, or takes its place."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout

from fieldsales import places
from fieldsales.errors import EnvironmentProblem, Told
from fieldsales.screens.backups.former_line import FormerLine
from fieldsales.screens.backups.second_line import SecondLine
from fieldsales.screens.contract import Context, Screen
from fieldsales.services import copies, erasing
from fieldsales.services.copies import Copy
from fieldsales.store.backup import back_up
from fieldsales.store.journal import Changed
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button, tool_button
from fieldsales.widgets.rows import Column, WindowedModel

_MEGABYTE = 1_000_000


class BackupsScreen(Screen):
    """A list of copies, newest first; Enter looks into one, the buttons do the rest."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._copies: list[Copy] = []
        self._verified: dict[Path, str] = {}  # what reading to the last byte found, this time
        self._older: frozenset[Path] = frozenset()  # which hold who was erased since
        self._reading = self._again = False
        self.look_in = button(look, words("backups.look"), self._look, icon="eye")
        self.restore = button(look, words("backups.restore"), self._restore, icon="restore")
        self.now = button(
            look, words("settings.back_up_now"), self._back_up, icon="backup", role="primary"
        )
        self._verify = button(look, words("backups.verify"), self._verify_all, role="quiet")
        self._folder = button(look, words("settings.open_backups"), self._open_folder, role="quiet")
        self.clear = button(look, "", self._remove_older, icon="trash", role="danger")
        self.help = tool_button(look, "question", words("backups.help"), self._open_help)
        self.strip = PageStrip(look, words("backups.title"))
        self.strip.fill(
            *(self.help, self._verify, self._folder, self.clear),
            *(self.look_in, self.restore, self.now),
        )
        self.second = SecondLine(context)
        self.second.changed.connect(self.refresh)
        self.former = FormerLine(context)
        self.former.changed.connect(self.refresh)
        model: WindowedModel[Copy] = WindowedModel(
            words,
            (Column("made", "backups.made", lambda one: words.moment(one.made.made_at), 200),),
            self._numbers,
            self._fetch,
        )
        self.list = ListPage(look, model, self._face)
        self.list.opened.connect(self._opened)
        self.list.selection_changed.connect(self._selected)
        self.list.set_empty(
            EmptyState(
                look,
                words("backups.empty"),
                icon="backup",
                hint=words("backups.empty_hint"),
                action=words("settings.back_up_now"),
                act=self._back_up,
                action_icon="backup",
            )
        )
        self.setFocusProxy(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.second)
        layout.addWidget(self.former)
        layout.addWidget(self.list, 1)
        self.now.setEnabled(not context.store.read_only)
        self.clear.hide()
        self._selected(0)

    def refresh(self) -> None:
        self.second.refresh()
        self._again = self._reading  # what is read may be behind already
        if self._reading:
            return
        self._reading = True
        database, store = self.context.file, self.context.store
        second = self.second.folder.chosen

        def work(_job: Job) -> tuple[list[Copy], list[Path]]:
            try:
                found = copies.copies(database, second, store.passphrase)
                return found, erasing.older_copies(store, second)
            finally:
                store.release()
                self._reading = False

        self.context.jobs.start(work, self._show)

    def concerns(self, changed: Changed) -> bool:
        return False  # a change makes no copy

    def _show(self, looked: tuple[list[Copy], list[Path]]) -> None:
        if self._again:
            self.refresh()
            return
        found, older = looked
        self._copies, self._older = found, frozenset(older)
        second = self.second.folder.chosen
        self.former.show_left(
            [one.path for one in found if one.fault == "backup.other_password"],
            [copies.second_folder(self.context.file, second)] if second else [],
        )
        self.clear.setText(self.context.words("people.remove_copies", n=len(older)))
        self.clear.setVisible(bool(older) and not self.context.store.read_only)
        self.strip.aside.setText(self.context.words.number(len(found)) if found else "")
        for part in (self._verify, self.look_in, self.restore, self.now):
            part.setVisible(bool(found))  # else the page offers the one thing to do
        self.list.model.reload()
        if found and not self.list.selected_count():
            self.list.select_number(0)

    def _numbers(self, _sort: str, _descending: bool) -> array[int]:
        return array("q", range(len(self._copies)))

    def _fetch(self, numbers: Sequence[int]) -> list[Copy]:
        return [self._copies[number] for number in numbers if number < len(self._copies)]

    def _face(self, one: Copy) -> RowFace:
        words = self.context.words
        fault = one.fault or self._verified.get(one.path, "")
        chips = [ChipFace(words(f"backups.place.{one.place}"))] if one.place != "here" else []
        if one.path in self._older:
            chips.append(
                ChipFace(words("backups.older"), "warn", tooltip=words("backups.older_why"))
            )
        mark, role = ("error", "bad") if fault else ("backup", "ink-3")
        if fault == "backup.other_password":
            mark, role = "lock", "warn"
            chips.append(ChipFace(words("backups.former_chip"), "warn", "lock"))
        elif fault:
            chips.append(ChipFace(words("backups.bad"), "bad", tooltip=self._reason(one, fault)))
        elif one.path in self._verified:
            chips.append(ChipFace(words("backups.read"), "good", "check"))
        elif one.place != "aside":
            chips.append(ChipFace(words("backups.verified"), "good", "check"))
        held = [words(f"backups.count.{noun}", n=n) for noun, n in one.counts.items() if n]
        nothing = self._reason(one, fault) if fault else words("backups.nothing")
        size = words("report.megabytes", n=f"{max(0.1, one.made.size / _MEGABYTE):,.1f}")
        day = one.made.made_at.date()
        return RowFace(
            title=words.moment(one.made.made_at),
            subtitle=" · ".join(held) or nothing,
            chips=tuple(chips),
            aside=size,
            below=words.days_from(day, self.context.look.clock.today()),
            mark=mark,
            mark_role=role,
        )

    def _reason(self, one: Copy, fault: str) -> str:
        return self.context.words(fault, path=one.path.name)

    def _chosen(self) -> Copy | None:
        number = self.list.current_number()
        return self._copies[number] if 0 <= number < len(self._copies) else None

    def _selected(self, count: int) -> None:
        for part in (self.look_in, self.restore):
            part.setEnabled(count == 1)

    def _opened(self, _number: int) -> None:
        self._look()

    def _look(self) -> None:
        """Opens the copy in place of the file, to be read alone."""
        chosen = self._chosen()
        if chosen is not None:
            self.context.look_wanted.emit(chosen.made)

    def _restore(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.context.restore_wanted.emit(chosen.made)

    def _back_up(self) -> None:
        words, store = self.context.words, self.context.store
        second = self.second.folder.chosen

        def work(job: Job) -> bool | None:
            try:
                back_up(store, watch=job.watch)
                return copies.back_up_second(store, second, job.watch) if second else None
            finally:
                store.release()

        self.context.jobs.start(work, self._made, self._not_made, words("window.backing_up"))

    def _made(self, second: bool | None) -> None:
        words = self.context.words
        if second:
            self.second.folder.mark_seen()
        key = {None: "settings.backed_up", True: "backups.made_both"}.get(
            second, "backups.made_here"
        )
        self.context.say(Message(words(key, folder=self.second.folder.chosen), "success"))
        self.refresh()

    def _not_made(self, trouble: Told) -> None:
        if isinstance(trouble, EnvironmentProblem) and trouble.code == "store.damaged":
            self.context.damaged.emit(trouble)
            return
        self.context.tell(trouble)
        self.refresh()

    def _remove_older(self) -> None:
        """Copies go that hold who was erased since, once there is a new one."""
        words, store = self.context.words, self.context.store
        second = self.second.folder.chosen

        def work(_job: Job) -> int:
            try:
                return erasing.remove_older_copies(store, second)
            finally:
                store.release()

        self.context.jobs.start(work, self._removed, self._not_made, words("window.backing_up"))

    def _removed(self, number: int) -> None:
        self.context.say(Message(self.context.words("people.copies_removed", n=number), "success"))
        self.refresh()

    def _verify_all(self) -> None:
        """Reads every copy to the last byte, beside the window."""
        found, passphrase = list(self._copies), self.context.store.passphrase
        self.context.jobs.start(
            lambda job: copies.faults(found, passphrase, job.watch),
            self._told_verified,
            self.context.tell,
            self.context.words("backups.verifying"),
        )

    def _told_verified(self, found: dict[Path, str]) -> None:
        words = self.context.words
        self._verified = found
        bad = sum(map(bool, found.values()))
        self.list.model.refresh()
        if bad:
            said = words("backups.some_bad", n=bad, all=len(found))
            self.context.say(Message(said, "warn", key="backups"))
        else:
            self.context.say(Message(words("backups.all_good", n=len(found)), "success"))

    def _open_help(self) -> None:
        self.context.open("help", "moving")

    def _open_folder(self) -> None:
        folder = places.backup_folder(self.context.file)
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
