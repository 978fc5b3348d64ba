"""The page: the PDF, for whom and in which language it is, and what to do with it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from fieldsales.errors import EnvironmentProblem, Told, UserError
from fieldsales.reports.documents import Audience, kind, kinds
from fieldsales.reports.make import Made, make
from fieldsales.screens.contract import Context, Screen
from fieldsales.services.operations.files import KeepFile
from fieldsales.store.journal import Changed
from fieldsales.store.queries.card import card
from fieldsales.store.queries.papers import latest_visit
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import label, row
from fieldsales.widgets.preview import Preview
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.words import LANGUAGES, Words


class PaperScreen(Screen):
    """Shows one paper. What is saved or printed is kept on the customer's timeline."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._what = ("", "")
        self._made: Made | None = None
        self.preview = Preview(look)
        self.preview.closed.connect(self._leave)
        self.preview.saved.connect(self._saved)
        self.preview.printed.connect(self._keep)
        self.preview.failed.connect(context.tell)
        self.audience = Segmented(
            look,
            [Option(code, words(f"paper.for_{code}")) for code in ("internal", "customer")],
            name=words("paper.audience"),
        )
        self.language = Segmented(
            look,
            [Option(code, Words(code)("paper.language_short")) for code in LANGUAGES],
            name=words("settings.language"),
        )
        self.language.set_key(words.language if words.language in LANGUAGES else "en")
        for choice in (self.audience, self.language):
            choice.chosen.connect(self._choose)
        self.preview.add_action(row(look, self.audience, self.language, 8, gap=8))
        self.hint = label(look, words("paper.customer_hint"), tone="warn", wrap=True)
        side = look.theme.px(16)
        self.hint.setContentsMargins(side, look.theme.px(8), side, 0)
        self._nothing = EmptyState(
            look,
            words("paper.nothing"),
            icon="document",
            hint=words("paper.nothing_hint"),
            action=words("common.back"),
            act=self._leave,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.hint)
        layout.addWidget(self.preview)
        layout.addWidget(self._nothing)
        self.hint.hide()
        self.preview.hide()
        self.setFocusProxy(self.preview)

    def show_record(self, kind: str, row_id: str) -> None:
        """`row_id` is the kind of paper, a colon, and the record it is about."""
        code, _, about = row_id.partition(":")
        if code != self._what[0] and code in kinds():
            self.audience.set_key(kinds()[code].AUDIENCES[0])  # whom such papers are made for
        self._what = (code, about)
        self.refresh()

    def show_example(self) -> None:
        try:
            self._what = ("visit", latest_visit(self.context.store, planned=False))
        except UserError:
            return  # no visit yet, and so no paper
        self.refresh()

    def refresh(self) -> None:
        code, about = self._what
        if not code:
            return
        words = Words(self.language.key)
        audience: Audience = "customer" if self.audience.key == "customer" else "internal"
        try:
            allowed = kind(code).AUDIENCES
            self.audience.setVisible(len(allowed) > 1)
            audience = audience if audience in allowed else allowed[0]
            self._made = make(self.context.store, code, about, words, audience)
        except (UserError, EnvironmentProblem) as trouble:
            self._refuse(trouble)
            return
        self._nothing.hide()
        self.hint.setVisible(audience == "customer")
        self.preview.show()
        self.preview.show_pdf(self._made.pdf, self._made.file_name)

    def concerns(self, changed: Changed) -> bool:
        # its own paper on the timeline does not change the paper
        return bool(changed.rows) and set(changed.rows) != {"attachment"}

    def _choose(self, _key: str) -> None:
        self.refresh()

    def _refuse(self, trouble: Told) -> None:
        self._made = None
        self.hint.hide()
        self.preview.hide()
        self._nothing.show()
        self.context.tell(trouble)

    def _leave(self) -> None:
        self.context.back_wanted.emit()

    def _saved(self, path: str) -> None:
        words = self.context.words
        self._keep()
        self.context.say(
            Message(
                words("paper.saved", path=path),
                "success",
                action=words("paper.open_folder"),
                act=lambda: self.preview.open_folder(path),
            )
        )

    def _keep(self) -> None:
        """Puts the paper on the timeline, unless this very one is there already."""
        made = self._made
        if made is None or not made.customer_id:
            return
        kept = KeepFile(
            name=made.file_name,
            content=made.pdf,
            kind="report",
            customer_id=made.customer_id,
            visit_id=made.visit_id,
            deal_id=made.deal_id,
        )
        found = card(self.context.store, made.customer_id)
        if found is not None and any(one.sha256 == kept.sha256 for one in found.attachments):
            return
        self.context.run(kept)
