"""The five purchase factors: we against a rival, and the weakest as the next task (M24)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from PySide6.QtCore import Qt

from fieldsales.domain.deal import FactorRating
from fieldsales.domain.fields import fields
from fieldsales.domain.purchase_factors import Factor, factors, weakest
from fieldsales.drawing.shapes import Picture
from fieldsales.methods.purchase_factors.content import factors as told_factors
from fieldsales.methods.purchase_factors.picture import finding, radar
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.screens.funnel.deal.lists import Editing, LineSection, link
from fieldsales.services.operations.people import RateFactor, WorkOnFactor
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.editors import TextEditor
from fieldsales.widgets.lines import LineFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.segmented import Option, Segmented

_SCALE = range(1, 6)
_WITHIN = timedelta(days=7)  # the weakest factor is worked on this week


class FactorsSection(LineSection[Factor]):
    """The radar, a line for each factor, and what to do about the weakest."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(desk, words("deal_page.factors"))
        self._form: FactorEditing | None = None
        self._factors: tuple[Factor, ...] = ()
        self.picture = PictureBlock(look)
        self.picture.clicked.connect(self.open_factor)
        self.next = label(look, tone="muted", wrap=True)
        self.make_task = button(look, words("deal_page.make_task"), self._make_task, icon="add")
        self._next_line = row(look, self.next, self.make_task, gap=12)
        self._next_line.setStretch(0, 1)
        self._next_line.setAlignment(self.make_task, Qt.AlignmentFlag.AlignTop)
        self.body.insertWidget(0, self.picture)
        self.body.insertLayout(1, self._next_line)
        self.body.insertSpacing(2, look.theme.px(4))

    def show_factors(self) -> None:
        """Show how the deal stands now."""
        self._factors = found = factors(self.desk.page.ratings)
        rated = any(one.ours is not None or one.theirs is not None for one in found)
        self.picture.show_picture(finding(found, self.desk.words), self._draw if rated else None)
        self.show_items(found)
        self._show_next()

    def _draw(self, width: float) -> Picture:
        return radar(self._factors, self.desk.words, width)

    def _show_next(self) -> None:
        """What to do about the weakest factor, until it is a task."""
        worst = weakest(self._factors)
        self.next.setVisible(worst is not None)
        self.make_task.setVisible(worst is not None)
        if worst is not None:
            task = self._task(worst)
            begun = any(one.title == task for one in self.desk.page.tasks)
            key = "deal_page.factor_begun" if begun else "deal_page.factor_next"
            self.next.setText(self.desk.words(key, task=task))
            self.make_task.setVisible(not begun)

    def _task(self, factor: Factor) -> str:
        return told_factors(self.desk.words.language)[factor.code].task

    def _make_task(self) -> None:
        worst = weakest(self._factors)
        if worst is None:
            return
        desk, task = self.desk, self._task(worst)
        due = desk.look.clock.today() + _WITHIN
        said = desk.words("deal_page.task_made", title=task)
        desk.run(WorkOnFactor(desk.deal_id, task, due.isoformat()), said)

    # the lines

    def key(self, item: Factor) -> str:
        return item.code

    def face(self, item: Factor) -> LineFace:
        words = self.desk.words
        question = told_factors(words.language)[item.code].question
        scores = ["–" if score is None else str(score) for score in (item.ours, item.theirs)]
        rated = item.ours is not None or item.theirs is not None
        behind = item.gap is not None and item.gap < 0
        return LineFace(
            key=item.code,
            title=words.choice("purchase_factor", item.code),
            subtitle=" · ".join(item.evidence) or question,
            aside=" : ".join(scores) if rated else words("factors.unrated"),
            aside_role="bad" if behind else "ink-2" if rated else "ink-3",
            tooltip=question,
        )

    def pressed(self, item: Factor) -> None:
        if self.open_key == item.code:
            self.close_editing()
        else:
            self.open_factor(item.code)

    def open_factor(self, code: str) -> None:
        """Open the rating of a factor."""
        if self._form is None:
            self._form = FactorEditing(self.desk)
        self.close_editing()
        self._form.load(code)
        self.open_editing(code, self._form)
        self._form.ours.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_editing(self, item: Factor) -> None:
        assert self._form is not None
        self._form.show_ratings()


class FactorEditing(Editing):
    """One factor: ours and a rival's rating, what they rest on, what would raise it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        look, words = desk.look, desk.words
        self._desk = desk
        self._code = ""
        self._question = label(look, bold=True, wrap=True)
        self._ends = label(look, size="caption", tone="muted", wrap=True)
        self.rivals = Picks(look, name=words("field.factor_rating.rival"), clearable=False)
        self.rivals.chosen.connect(self._turn)
        self.ours = self._scale(words("field.factor_rating.ours"))
        self.theirs = self._scale(words("field.factor_rating.theirs"))
        self._against = label(look, size="caption", tone="muted")
        self.name_rival = link(desk, words("deal_page.name_rival"), self._name_rival, "add")
        field = fields(FactorRating)["evidence"]
        self.evidence = TextEditor(look, field, words("deal_page.factor_evidence"))
        self.evidence.set_name(words("field.factor_rating.evidence"))
        self.binder = Binder(words, self._save, self._draft, parent=self)
        self.binder.bind(self.evidence)
        self._wrong = label(look, size="caption", tone="bad", wrap=True)
        self._wrong.hide()
        self.binder.trouble.connect(self._say)
        self._raises = label(look, tone="muted", wrap=True)
        ours = label(look, words("field.factor_rating.ours"), size="caption", tone="muted")
        scales = row(look, gap=24)
        scales.addLayout(column(look, ours, self.ours, gap=4))
        scales.addLayout(column(look, self._against, self.theirs, gap=4))
        scales.addStretch(1)
        above = column(look, self._question, self._ends, self.rivals, scales, gap=8)
        self.inside.addLayout(above)
        self.inside.addLayout(column(look, self.evidence, self._wrong, self._raises, gap=8))
        self.buttons.insertWidget(0, self.name_rival)

    def _scale(self, name: str) -> Segmented:
        options = [Option(str(score), str(score)) for score in _SCALE]
        made = Segmented(self._desk.look, options, name=name, clearable=True)
        made.chosen.connect(self._rate)
        return made

    def load(self, code: str) -> None:
        """Stand for another factor."""
        told = told_factors(self._desk.words.language)[code]
        words = self._desk.words
        self._code = code
        self._question.setText(told.question)
        self._ends.setText(words("deal_page.factor_ends", low=told.low, high=told.high))
        raises = [f"· {text}" for text in told.raises]
        self._raises.setText("\n".join((words("deal_page.factor_raises"), *raises)))
        known = self._known()
        if self.rivals.key not in known:
            self.rivals.set_key(known[0])
        self._load_evidence()
        self.show_ratings()

    def show_ratings(self) -> None:
        """Show the ratings as they are now."""
        known = self._known()
        if self.rivals.key not in known:
            self.rivals.set_key(known[0])
        self.rivals.set_picks([Pick(name, name) for name in known])
        self.rivals.setVisible(len(known) > 1)
        rival = self.rivals.key
        self.name_rival.setVisible(not rival)
        words = self._desk.words
        self._against.setText(rival or words("field.factor_rating.theirs"))
        self.theirs.set_name(rival or words("field.factor_rating.theirs"))
        ours = next((one.ours for one in reversed(self._ratings) if one.ours is not None), None)
        self.ours.set_key(str(ours or ""))
        held = self._held()
        self.theirs.set_key(str(held.theirs or "") if held else "")
        self.binder.refresh({"evidence": held.evidence if held else ""})

    def flush(self) -> None:
        self.binder.flush()

    @property
    def _ratings(self) -> list[FactorRating]:
        return [one for one in self._desk.page.ratings if one.factor == self._code]

    def _known(self) -> list[str]:
        """The rivals of the deal and those rated before; '' alone while none has a name."""
        rated = [one.rival for one in self._desk.page.ratings]
        named = dict.fromkeys((*self._desk.deal.rivals, *rated))
        return [name for name in named if name] or [""]

    def _held(self) -> FactorRating | None:
        """The rating against the chosen rival."""
        return next((one for one in self._ratings if one.rival == self.rivals.key), None)

    # writing

    def _rate(self) -> None:
        self.binder.flush()
        held = self._held()
        if not self._desk.run(self._rating(held.evidence if held else "")):
            self.show_ratings()

    def _save(self, values: Mapping[str, object]) -> None:
        self._desk.context.workspace.run(self._rating(str(values["evidence"])))

    def _rating(self, evidence: str) -> RateFactor:
        ours, theirs = (int(scale.key) if scale.key else None for scale in (self.ours, self.theirs))
        return RateFactor(self._desk.deal_id, self._code, ours, self.rivals.key, theirs, evidence)

    def _draft(self, _name: str, text: str | None) -> None:
        desk = self._desk
        desk.context.keep_draft("deal", desk.deal_id, self._draft_name(), text)

    def _draft_name(self) -> str:
        return f"factor:{self._code}:{self.rivals.key}"

    def _load_evidence(self) -> None:
        kept = self._desk.drafts("deal", self._desk.deal_id).get(self._draft_name())
        held = self._held()
        self.binder.load(
            {"evidence": held.evidence if held else ""}, {"evidence": kept} if kept else {}
        )

    def _turn(self) -> None:
        """Another rival: what was typed belongs to the one before."""
        self._load_evidence()
        self.show_ratings()

    def _say(self, _name: str, text: str, _kind: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def _name_rival(self) -> None:
        self._desk.focus_wanted.emit("terms", "competitor")
