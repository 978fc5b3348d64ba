"""What the customer is worth and in which class it is, why, and what a rep holds or estimates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.domain.classes.history import share, shown
from fieldsales.domain.classes.key_score import CRITERIA
from fieldsales.domain.fields import Field, Kind, fields
from fieldsales.domain.portfolio import CLASSES, COURSE, RATED, Rating
from fieldsales.reports.class_words import named, reasons
from fieldsales.reports.portfolio.portrait import short
from fieldsales.screens.asking import Asking
from fieldsales.screens.contract import Context
from fieldsales.services import portfolio
from fieldsales.services.operations.portfolio import PinClass, RateCustomer, UnpinClass
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.portfolio import Standing
from fieldsales.services.workspace import Operation
from fieldsales.store.queries.deals import base_currency
from fieldsales.store.queries.portfolio import estimates_of, ratings_of
from fieldsales.widgets.card import FactFace, FactLine, Section
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.editors import Editor
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pick_editors import ChoiceEditor, ScaleEditor
from fieldsales.widgets.pieces import button, column, label, row

COURSE_TONES = {"declining": "warn", "problem": "bad", "growing": "good", "new": "good"}
_POTENTIAL, _POINTS = "potential", "points"


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
        for part in (self.facts, self.said, self._later):
            self.body.addWidget(part)
        for method in CLASSES:
            line = Line(look)
            line.clicked.connect(self._line_pressed)
            self.body.addWidget(line)
            self.lines[method] = line

    def show_for(self, customer_id: str) -> None:
        """Reads what a customer is worth; a supplier has no such section."""
        if customer_id != self.customer_id:
            self.close_panel()
            self.customer_id = customer_id
        store = self._context.store
        day = portfolio.kept_day(store)
        self.standing = portfolio.of(store, customer_id, day) if day else None
        self._later.setVisible(day is None)
        self.setVisible(day is None or self.standing is not None)
        self._show()
        if isinstance(self.panel, RatingForm):
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

    def close_panel(self) -> None:
        if self.panel is not None:
            self.panel.hide()
            self.body.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None

    # what stands there

    def _show(self) -> None:
        standing, words = self.standing, self._context.words
        for part in (self.facts, self.said, *self.lines.values()):
            part.setVisible(standing is not None)
        if standing is None:
            return
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
            line.show_face(
                LineFace(
                    key=method,
                    title=words.choice("class_method", method),
                    subtitle=" · ".join(told[method].splitlines()),
                    chips=(ChipFace(name, tone, "pin" if held else "", assumed=not code),),
                    tooltip=told[method],
                )
            )

    def _figures(self, standing: Standing) -> Iterable[tuple[str, FactFace]]:
        words, worth = self._context.words, standing.worth

        def money(minor: int) -> str:
            return short(words, minor, standing.currency)

        def fact(name: str, text: str, detail: str = "", tip: str = "") -> FactFace:
            return FactFace(words(f"portfolio.figure.{name}"), text, detail, tooltip=tip)

        before = words("classes.before", amount=money(worth.before))
        yield "", fact("sales", money(worth.sales), before)
        parts = standing.value
        told = words(
            "classes.value_parts",
            bought=money(parts.purchases),
            deals=money(parts.deals),
            future=money(parts.future),
        )
        yield "", fact("value", money(parts.total), told, told)
        losing = words("classes.losing", amount=money(worth.losing))
        yield "", fact("lifetime", money(worth.lifetime), losing)
        yield _POTENTIAL, self._potential(standing)
        score = standing.score
        if score.points is None:
            yield _POINTS, FactFace(words("portfolio.figure.points"), invite=words("classes.rate"))
        else:
            lacks = words("classes.and").join(words.choice("rated", one) for one in score.missing)
            tip = words("classes.not_rated", names=lacks) if lacks else ""
            yield _POINTS, fact("points", f"{score.points}", tip, tip)

    def _potential(self, standing: Standing) -> FactFace:
        words, facts = self._context.words, standing.given.facts
        caption = words("portfolio.figure.potential")
        if facts.potential is None:
            return FactFace(caption, invite=words("classes.estimate"))
        known = next(
            one
            for one in estimates_of(self._context.store, self.customer_id)
            if one.kind == _POTENTIAL and one.dated <= standing.as_of.isoformat()
        )
        state = words("classes.confirmed" if known.confirmed else "classes.assumed")
        told = words(
            "classes.estimated", day=words.date(date.fromisoformat(known.dated)), how=state
        )
        part = shown(facts.share_of_wallet)
        ours = (
            "" if part is None else words("classes.ours", share=words("portfolio.percent", n=part))
        )
        return FactFace(
            caption,
            short(words, facts.potential, standing.currency),
            ours,
            tooltip="\n".join(filter(None, (told, known.source))),
        )

    def _remarks(self, standing: Standing) -> Iterable[str]:
        """What has to be said of the figures before they are believed."""
        words, facts = self._context.words, standing.given.facts
        of_wallet = share(facts.history.last.amount, facts.potential or 0)
        if of_wallet is not None and of_wallet > Decimal(100):
            yield words("classes.share_over")
        if standing.worth.left_out:
            codes = words("classes.and").join(standing.worth.left_out.split())
            yield words("classes.left_out", codes=codes)
        if facts.history.later:
            yield words("classes.future_sales", n=facts.history.later)

    # asking

    def _line_pressed(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        self.open_class(line.face.key)

    def _fact_pressed(self, key: str) -> None:
        if key == _POTENTIAL:
            self.estimate()
        else:
            self.rate()

    def _open(self, panel: PinForm | RatingForm | EstimateForm, below: QWidget) -> None:
        self.close_panel()
        self.panel = panel
        panel.left.connect(self.close_panel)
        panel.settled.connect(self.close_panel)
        self.body.insertWidget(self.body.indexOf(below) + 1, panel)
        panel.show()
        panel.ask()
        self.to_view.emit(panel)


class PinForm(Asking):
    """Which class it should be instead, why, and until when."""

    def __init__(self, context: Context, standing: Standing, method: str) -> None:
        self._standing, self._method = standing, method
        super().__init__(
            context,
            "class_pin",
            ("code", "until", "reason"),
            context.words("classes.pin"),
            wide=("reason",),
        )
        words, look = context.words, context.look
        why = reasons(words, standing).get(method, "")
        self.title.setText(words.choice("class_method", method))
        self.extra.addWidget(label(look, why, size="caption", tone="muted", wrap=True))
        held = standing.held.get(method)
        if held is not None and held.pin_id:
            self.buttons.insertWidget(
                1, button(look, words("classes.unpin"), self._unpin, icon="undo", role="quiet")
            )

    def ask(self) -> None:
        held = self._standing.held.get(self._method)
        values = {"code": self._standing.worth.code(self._method)}
        if held is not None:
            until = held.until.isoformat() if held.until else None
            values |= {"reason": held.reason, "until": until or ""}
        self.start(values, "code")

    def _editor(self, spec: Field, text: str, finder: Finder | None) -> Editor:
        if spec.name != "code":
            return super()._editor(spec, text, finder)
        codes = CLASSES[self._method]
        listed = Field("code", Kind.CHOICE, required=True, choices=codes, list=self._method)
        return ChoiceEditor(self.context.look, listed, calm=False)

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        code = str(values["code"])
        until = str(values["until"]) if values["until"] else None
        customer_id = self._standing.worth.customer_id
        name = self.context.words.choice(self._method, code)
        return (
            PinClass(customer_id, self._method, code, str(values["reason"]), until),
            self.context.words("classes.pinned", name=name),
        )

    def _unpin(self) -> None:
        pin_id = self._standing.held[self._method].pin_id
        said = self.context.words("classes.unpinned")
        if self.context.run(UnpinClass(pin_id), undoable=said) is not None:
            self.settled.emit()


class EstimateForm(Asking):
    """What the customer might buy, since when we think so, and what it rests on."""

    def __init__(self, context: Context, customer_id: str) -> None:
        super().__init__(
            context,
            "estimate",
            ("kind", "amount", "currency", "dated", "source", "confirmed"),
            context.words("classes.estimate_go"),
            wide=("source",),
        )
        self._customer_id = customer_id
        self.title.setText(context.words("classes.estimate"))

    def ask(self) -> None:
        store = self.context.store
        known = [one for one in estimates_of(store, self._customer_id) if one.kind == _POTENTIAL]
        values: dict[str, object] = {
            "kind": _POTENTIAL,
            "currency": known[0].currency if known else "",
            "dated": self.context.look.clock.today().isoformat(),
        }
        if known:
            values |= {"amount": known[0].amount, "source": known[0].source}
        values["currency"] = values["currency"] or base_currency(store)
        self.start(values, "amount")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        added = AddRecord("estimate", {**values, "customer_id": self._customer_id})
        return added, self.context.words("classes.estimate_kept")


class RatingForm(QWidget):
    """Seven criteria and what we are worth to them, 1 to 5; what is pressed counts at once."""

    settled = Signal()
    left = Signal()

    def __init__(self, context: Context, customer_id: str) -> None:
        super().__init__()
        self._context = context
        self._customer_id = customer_id
        look, words = context.look, context.words
        self.fold = button(look, words("card.fold"), self.left.emit, role="quiet")
        spec = fields(Rating)["rating"]
        self.scales: dict[str, ScaleEditor] = {}
        parts: list[QWidget] = [
            label(look, words("classes.rate_hint"), size="caption", tone="muted", wrap=True)
        ]
        for kind in RATED:
            scale = ScaleEditor(look, spec)
            scale.setObjectName(kind)
            scale.set_name(words.choice("rated", kind))
            scale.finished.connect(self._rated)
            self.scales[kind] = scale
            line = QWidget()
            line.setLayout(row(look, label(look, words.choice("rated", kind)), None, scale, gap=8))
            parts.append(line)
        self.setLayout(column(look, *parts, row(look, None, self.fold), gap=4))

    def ask(self) -> None:
        self.refresh()
        self.scales[CRITERIA[0]].target().setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Shows what counts now."""
        told: dict[str, int | None] = {}
        for one in ratings_of(self._context.store, self._customer_id):
            told.setdefault(one.kind, one.rating)
        for kind, scale in self.scales.items():
            scale.set_value(told.get(kind))

    def _rated(self) -> None:
        scale = self.sender()
        assert isinstance(scale, ScaleEditor)
        value = scale.value()
        rating = None if value is None else int(str(value))
        self._context.run(RateCustomer(self._customer_id, scale.objectName(), rating))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
