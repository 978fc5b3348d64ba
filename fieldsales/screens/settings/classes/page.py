"""The limits that classes of customers rest on (M03 … M37); overlapping ones are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from fieldsales.domain.classes.importance import TIERS
from fieldsales.domain.classes.key_score import CRITERIA, Weights
from fieldsales.domain.classes.rules import BESIDE, GROUPS, PERFORMANCES, TierTerms, read
from fieldsales.errors import FieldError
from fieldsales.screens.contract import Context
from fieldsales.screens.settings.groups import Group, group, labelled
from fieldsales.screens.settings.typed_line import TypedLine
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.pieces import column, label
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.typed import parse_decimal
from fieldsales.words import minor_digits

_IN_A_ROW = 3
_MONEY = ("middle_from", "high_from", "replacement", "visit_cost")
_PERCENT = (
    *("vip", "major", "ordinary", "loyal_share", "declining", "growing", "share_from"),
    *("retention", "discount", "margin"),
)
_MONTHS = (
    *("silent_months", "loyal_months", "new_months", "no_value_months"),
    *("build_months", "broken_months"),
)
_CHOICES = {"beside": BESIDE, "performance": PERFORMANCES}


class ClassSettings(Group):
    """A line for each limit, kept when it is left; empty takes the usual one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.lines: dict[str, TypedLine] = {}  # `<group>.<name>`
        self.choices: dict[str, Segmented] = {}
        parts: list[QWidget] = []
        for name, codes in _CHOICES.items():
            options = [Option(code, words(f"limit.{name}.{code}")) for code in codes]
            choice = Segmented(look, options, name=words(f"limit.{name}"))
            choice.chosen.connect(partial(self._change, name))
            self.choices[name] = choice
            parts.append(labelled(look, f"limit.{name}", choice))
        for name, kind in GROUPS.items():
            parts.append(self._heading(f"limit.{name}"))
            parts.append(self._grid(name, [one.name for one in fields(kind)]))
            if name == "terms":
                names = [f"{tier}.{one.name}" for tier in TIERS for one in fields(TierTerms)]
                parts.append(self._heading("limit.of_tier"))
                parts.append(self._grid("of_tier", names))
        parts.append(self._heading("limit.weights"))
        parts.append(self._grid("weights", list(CRITERIA)))
        made = group(look, "settings.classes", *parts, hint="settings.classes_hint")
        self.setLayout(column(look, made))

    def refresh(self) -> None:
        """Reads all of them anew; what is being typed stays."""
        store = self.context.store
        for key, line in self.lines.items():
            name, _, field = key.partition(".")
            told: Mapping[str, object] = setting(store, f"portfolio.{name}", {})
            if name == "of_tier":
                tier, _, part = field.partition(".")
                of_tier = told.get(tier, {})
                value = of_tier.get(part) if isinstance(of_tier, dict) else None
            else:
                value = told.get(field, self._usual(name, field))
            line.show_text(self._shown(field, value))
        for name, choice in self.choices.items():
            known = str(setting(store, f"portfolio.{name}", ""))
            choice.set_key(known if known in _CHOICES[name] else _CHOICES[name][0])

    def _heading(self, key: str) -> QWidget:
        look = self.context.look
        return label(look, look.words(key), bold=True, wrap=True)

    def _grid(self, name: str, names: list[str]) -> QWidget:
        look, across = self.context.look, 2 if name == "of_tier" else _IN_A_ROW
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.theme.px(16))
        grid.setVerticalSpacing(look.theme.px(12))
        for at, field in enumerate(names):
            line = TypedLine(self.context, partial(self._keep, name, field), self._unit(field))
            self.lines[f"{name}.{field}"] = line
            cell = labelled(look, self._label(name, field), line, self._said(name, field))
            line.setObjectName(f"{name}.{field}")
            grid.addWidget(cell, at // across, at % across)
        for at in range(across):
            grid.setColumnStretch(at, 1)
        return made

    def _label(self, name: str, field: str) -> str:
        if name == "weights":
            return f"choice.rated.{field}"
        if name == "of_tier":
            return f"limit.terms.{field.partition('.')[2]}"
        return f"limit.{name}.{field}"

    def _said(self, name: str, field: str) -> str:
        """What a tier has of its own is said with the tier."""
        if name != "of_tier":
            return ""
        words, (tier, _, part) = self.context.words, field.partition(".")
        of = words.choice("importance", tier)
        return words("limit.of", name=of, what=words(f"limit.terms.{part}"))

    def _unit(self, field: str) -> str:
        last = field.rpartition(".")[2]
        if last in _PERCENT:
            return "%"
        if last in _MONTHS:
            return self.context.words("limit.months")
        return self.context.words.currency_sign(self._currency) if last in _MONEY else ""

    @property
    def _currency(self) -> str:
        return base_currency(self.context.store)

    def _usual(self, name: str, field: str) -> object:
        if name == "weights":
            return Weights().of[field]
        return getattr(GROUPS[name](), field)

    def _shown(self, field: str, value: object) -> str:
        if value is None or value == "":
            return ""
        if field in _MONEY:
            return f"{Decimal(str(value)).scaleb(-minor_digits(self._currency)):,f}"
        return str(value)

    def _change(self, name: str, code: str) -> None:
        self._run(name, code)

    def _keep(self, name: str, field: str, text: str) -> None:
        """Stores a limit; raises UserError where it clashes with the others."""
        value = self._read(field, text)
        told = dict(setting(self.context.store, f"portfolio.{name}", {}))
        if name == "of_tier":
            tier, _, part = field.partition(".")
            mine = {**told.get(tier, {}), part: value}
            read(TierTerms, mine)
            told[tier] = mine
        elif name == "weights":
            if value is not None and not value.isdecimal():
                raise FieldError("field.not_a_number", field, value=text)
            told[field] = int(value) if value is not None else 1
            Weights({one: int(str(told.get(one, 1))) for one in CRITERIA})
        else:
            told[field] = value
            if name == "stance" and field in _MONEY:
                self._pair(told, field)
            read(GROUPS[name], told)
        self._run(name, told)

    def _pair(self, told: dict[str, object], field: str) -> None:
        """The two limits of potential come and go together: one alone says nothing."""
        other = "high_from" if field == "middle_from" else "middle_from"
        if told[field] is None:
            told[other] = None
        elif told.get(other) is None:
            told[other] = told[field]

    def _read(self, field: str, text: str) -> str | None:
        if not text:
            return None
        found = parse_decimal(text.rstrip("%％").replace(",", ""))
        if found is None:
            raise FieldError("field.not_a_decimal", field, value=text)
        if field in _MONEY:
            found = found.scaleb(minor_digits(self._currency))
        whole = found == found.to_integral_value()
        if not whole and field.rpartition(".")[2] not in _PERCENT:
            raise FieldError("field.not_a_number", field, value=text)
        return f"{found.normalize():f}"

    def _run(self, name: str, value: object) -> None:
        """All customers are classed anew, in a large file beside the window."""
        context, name = self.context, f"portfolio.{name}"
        if setting(context.store, name) == value:
            return

        def work(_job: Job) -> None:
            try:
                context.workspace.run(ChangeSetting(name, value), wait=5)
            finally:
                context.store.release()

        context.jobs.start(work, None, context.tell, context.words("classes.renewing"))
