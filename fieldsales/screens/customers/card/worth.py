"""What the customer is worth and in which class it is, why, and what a rep holds or estimates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.classes.history import share, shown
from fieldsales.domain.portfolio import CLASSES, COURSE
from fieldsales.reports.class_words import named, reasons
from fieldsales.reports.phrases import listed
from fieldsales.reports.portfolio.classed import is_large
from fieldsales.reports.portfolio.portrait import percent, short, short_parts
from fieldsales.screens.as_of import AsOf
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.worth_forms import (
    EstimateForm,
    PinForm,
    RatingForm,
    SaleForm,
)
from fieldsales.services import portfolio
from fieldsales.services.operations.portfolio import ReleaseClass
from fieldsales.services.portfolio import Standing
from fieldsales.store.queries.portfolio import estimates_of
from fieldsales.widgets.card import FactFace, FactLine, Section
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import label

COURSE_TONES = {"declining": "warn", "problem": "bad", "growing": "good", "new": "good"}
_POTENTIAL, _POINTS, _SALES = "potential", "points", "sales"


class WorthSection(Section):
    """Figures, then a line for each class; pressing one asks for what is known better."""

    to_view = Signal(QWidget)  # a form that was opened and may stand out of view

    def __init__(self, context: Context) -> None:
        words, look = context.words, context.look
        super().__init__(
            look, words("classes.title"), action=words("classes.rate"), act=self.rate, gap=4
        )
        self._context = context
        self.customer_id = ""
        self.standing: Standing | None = None
        self.facts = FactLine(look)
        self.facts.clicked.connect(self._fact_pressed)
        self.said = label(look, size="caption", tone="warn", wrap=True)
        self._later = label(look, words("classes.soon"), size="caption", tone="muted", wrap=True)
        self.lines: dict[str, Line] = {}
        self.panel: QWidget | None = None
        self.as_of = AsOf(context)
        self.as_of.changed.connect(self._look_back)
        for part in (self.as_of, self.facts, self.said, self._later):
            self.body.addWidget(part)
        for method in CLASSES:
            line = Line(look)
            line.clicked.connect(self._line_pressed)
            line.link_pressed.connect(self._release)
            self.body.addWidget(line)
            self.lines[method] = line

    def show_for(self, customer_id: str) -> None:
        """Reads what a customer is worth; a supplier has no such section."""
        if customer_id != self.customer_id:
            self.close_panel()
            self.customer_id = customer_id
            self.as_of.show_day(None)
        store = self._context.store
        day = portfolio.kept_day(store)
        self.standing = portfolio.of_kept(store, customer_id)
        self._later.setVisible(day is None)
        self.setVisible(day is None or self.standing is not None)
        self._look_back(self.as_of.day)
        if isinstance(self.panel, RatingForm | SaleForm):
            self.panel.refresh()

    def chips(self) -> list[tuple[str, ChipFace]]:
        """What of it the card's header says: (method, face)."""
        standing, words = self.standing, self._context.words
        if standing is None:
            return []
        told = reasons(words, standing)
        found = []
        for method in ("importance", COURSE, "stance"):
            code = standing.worth.code(method)
            if code and code != "small":
                tone = COURSE_TONES.get(code, "plain") if method == COURSE else "accent"
                icon = "pin" if method in standing.held else "star" if tone == "accent" else ""
                face = ChipFace(words.choice(method, code), tone, icon, told.get(method, ""))
                found.append((method, face))
        return found

    def open_class(self, method: str) -> None:
        """Ask below the line of a method what it should be instead."""
        if self.standing is not None:
            self._open(PinForm(self._context, self.standing, method), self.lines[method])

    def rate(self) -> None:
        """Ask for the ratings of the key-customer score."""
        self._open(RatingForm(self._context, self.customer_id), self.said)

    def estimate(self) -> None:
        """Ask what the customer might buy."""
        self._open(EstimateForm(self._context, self.customer_id), self.said)

    def sell(self) -> None:
        """Show what was sold lately, and ask for what was not told yet."""
        self._open(SaleForm(self._context, self.customer_id), self.said)

    def close_panel(self) -> None:
        if self.panel is not None:
            self.panel.hide()
            self.body.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None

    # what stands there

    def _look_back(self, day: date | None) -> None:
        """Shows how it was on a day; of all customers of a large file that takes a while."""
        store, customer_id = self._context.store, self.customer_id
        if day is None or self.standing is None:
            self._show(self.standing)
            return
        if not is_large(store):
            self._show(portfolio.of(store, customer_id, day))
            return

        def work(_job: Job) -> Standing | None:
            try:
                return portfolio.of(store, customer_id, day)
            finally:
                store.release()

        def done(found: Standing | None) -> None:
            if (customer_id, day) == (self.customer_id, self.as_of.day):
                self._show(found)

        title = self._context.words("as_of.working", day=self._context.words.date(day))
        self._context.jobs.start(work, done, self._context.tell, title)

    def _show(self, standing: Standing | None) -> None:
        words, past = self._context.words, self.as_of.day is not None
        self.as_of.setVisible(self.standing is not None)
        for part in (self.facts, *self.lines.values()):
            part.setVisible(standing is not None)
        self.said.setVisible(standing is None and past)
        self.said.setText(words("as_of.nobody"))
        if standing is None:
            return
        self.facts.setEnabled(not past)
        self.facts.show_facts(self._figures(standing))
        remarks = list(self._remarks(standing))
        self.said.setText("\n".join(remarks))
        self.said.setVisible(bool(remarks))
        told = reasons(words, standing)
        for method, line in self.lines.items():
            code = standing.worth.code(method)
            line.setVisible(bool(told.get(method)))
            if not told.get(method):
                continue
            tone = COURSE_TONES.get(code, "plain") if method == COURSE else "plain"
            held, name = method in standing.held, named(words, method, code)
            chips = [ChipFace(name, tone, "pin" if held else "", assumed=not code)]
            judged = standing.judged.get(method)
            if held and judged is not None and judged.code not in ("", code):
                said = words("classes.rule_says", name=named(words, method, judged.code))
                chips.append(ChipFace(said, assumed=True))
            line.show_face(
                LineFace(
                    key=method,
                    title=words.choice("class_method", method),
                    subtitle=" · ".join(told[method].splitlines()),
                    chips=tuple(chips),
                    link=words("classes.unpin") if held and not past else "",
                    tooltip=told[method],
                )
            )

    def _figures(self, standing: Standing) -> Iterable[tuple[str, FactFace]]:
        words, worth = self._context.words, standing.worth

        def money(minor: int) -> str:
            return short(words, minor, standing.currency)

        def fact(name: str, text: str, detail: str = "", tip: str = "") -> FactFace:
            return FactFace(words(f"portfolio.figure.{name}"), text, detail, tooltip=tip)

        parts = standing.value
        if not (parts.purchases or worth.sales or worth.before):
            caption = words("portfolio.figure.sales")
            yield _SALES, FactFace(caption, invite=words("classes.sale"))
        else:
            before = words("classes.before", amount=money(worth.before))
            yield _SALES, fact("sales", money(worth.sales), before, words("classes.to_sales"))
        if parts.total:
            three = (parts.purchases, parts.deals, parts.future)
            told, exact = (
                words("classes.value_parts", bought=bought, deals=deals, future=future)
                for bought, deals, future in (
                    short_parts(words, three, standing.currency),
                    (words.money(one, standing.currency) for one in three),
                )
            )
            yield "", fact("value", money(parts.total), told, exact)
        if worth.lifetime or worth.losing:
            losing = words("classes.losing", amount=money(worth.losing))
            yield "", fact("lifetime", money(worth.lifetime), losing)
        yield _POTENTIAL, self._potential(standing)
        score = standing.score
        if score.points is None:
            yield _POINTS, FactFace(words("portfolio.figure.points"), invite=words("classes.rate"))
        else:
            lacks = listed(words, (words.choice("rated", one) for one in score.missing))
            tip = words("classes.not_rated", names=lacks) if lacks else ""
            yield _POINTS, fact("points", f"{score.points}", tip, tip)

    def _potential(self, standing: Standing) -> FactFace:
        words, facts = self._context.words, standing.given.facts
        caption = words("portfolio.figure.potential")
        if facts.potential is None:
            return FactFace(caption, invite=words("classes.estimate"))
        day = standing.as_of.isoformat()
        reckoned = [
            one
            for one in estimates_of(self._context.store, self.customer_id)
            if one.kind == _POTENTIAL and one.dated <= day
        ]
        tips = []
        for known in reckoned[:1]:  # none if what counted on a day gone by was dropped since
            state = words("classes.confirmed" if known.confirmed else "classes.assumed")
            dated = words.date(date.fromisoformat(known.dated))
            tips = [words("classes.estimated", day=dated, how=state), known.source]
        part = shown(facts.share_of_wallet)
        ours = "" if part is None else words("classes.ours", share=percent(words, part))
        return FactFace(
            caption,
            short(words, facts.potential, standing.currency),
            ours,
            tooltip="\n".join(filter(None, tips)),
        )

    def _remarks(self, standing: Standing) -> Iterable[str]:
        """What has to be said of the figures before they are believed."""
        words, facts = self._context.words, standing.given.facts
        of_wallet = share(facts.history.last.amount, facts.potential or 0)
        if of_wallet is not None and of_wallet > Decimal(100):
            yield words("classes.share_over")
        if standing.worth.left_out:
            codes = listed(words, standing.worth.left_out.split())
            yield words("classes.left_out", codes=codes)
        if facts.history.later and self.as_of.day is None:
            yield words("classes.future_sales", n=facts.history.later)

    # asking

    def _line_pressed(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        if self.as_of.day is None:  # what was on a day gone by stays so
            self.open_class(line.face.key)

    def _release(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        said = self._context.words("classes.unpinned")
        self._context.run(ReleaseClass(self.customer_id, line.face.key), undoable=said)

    def _fact_pressed(self, key: str) -> None:
        if key == _POTENTIAL:
            self.estimate()
        elif key == _SALES:
            self.sell()
        else:
            self.rate()

    def _open(self, panel: PinForm | RatingForm | EstimateForm | SaleForm, below: QWidget) -> None:
        self.close_panel()
        self.panel = panel
        panel.left.connect(self.close_panel)
        panel.settled.connect(self.close_panel)
        self.body.insertWidget(self.body.indexOf(below) + 1, panel)
        panel.show()
        panel.ask()
        self.to_view.emit(panel)
