"""What money is reckoned with, and how proposals begin and are numbered."""

from __future__ import annotations

from functools import partial

from fieldsales.domain.deal import CURRENCIES
from fieldsales.domain.money.bad_debt import check_margin
from fieldsales.domain.money.credit import COUNTED
from fieldsales.domain.money.late_payment import MARGIN, RATE, check_rate
from fieldsales.domain.money.proposal import ROUNDINGS, TAX_MODES, TEMPLATES
from fieldsales.errors import FieldError, UserError
from fieldsales.screens.contract import Context
from fieldsales.screens.settings.groups import Group, group, labelled
from fieldsales.screens.settings.typed_line import TypedLine
from fieldsales.services.numbering import KEPT, MARK, clean_mark, next_number
from fieldsales.services.operations.proposals import VALID_DAYS
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.combo import Combo
from fieldsales.widgets.pieces import column, label
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.typed import parse_decimal, parse_integer

_MOST_DAYS = 3_650
# setting -> what it is until somebody says otherwise
_FIGURES = {"money.margin": MARGIN, "money.rate": RATE, "proposal.valid_days": str(VALID_DAYS)}
_USUAL = {"template": TEMPLATES, "rounding": ROUNDINGS, "tax_mode": TAX_MODES}
_LISTS = {"template": "proposal_template"}  # choices whose list is not called like the field


class MoneySettings(Group):
    """Two groups; all but the mark, which is the laptop's own, belong to the file."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.currency = Combo(look)
        for code in CURRENCIES:
            self.currency.addItem(f"{words.choice('currency', code)} {code}", code)
        self.currency.activated.connect(self._change_currency)
        self.lines: dict[str, TypedLine] = {}
        for name in _FIGURES:
            suffix = words("settings.days") if name == "proposal.valid_days" else "%"
            self.lines[name] = TypedLine(context, partial(self._keep, name), suffix)
        counted = [Option(one, words(f"settings.counted_{one}")) for one in COUNTED]
        self.counted = Segmented(look, counted, name=words("settings.counted"))
        self.counted.chosen.connect(self._change_counted)
        self.usual: dict[str, Segmented] = {}
        for name, codes in _USUAL.items():
            told = [Option(one, words.choice(_LISTS.get(name, name), one)) for one in codes]
            choice = Segmented(look, told, name=words(f"field.proposal.{name}"))
            choice.chosen.connect(partial(self._change_usual, name))
            self.usual[name] = choice
        self.lines[KEPT] = TypedLine(context, self._keep_mark, "")
        self.number = label(look, size="caption", tone="muted")
        money = group(
            look,
            "settings.money",
            labelled(look, "settings.currency", self.currency),
            label(look, words("settings.currency_hint"), size="caption", tone="muted", wrap=True),
            labelled(look, "settings.margin", self.lines["money.margin"]),
            labelled(look, "settings.rate", self.lines["money.rate"]),
            labelled(look, "settings.counted", self.counted),
        )
        proposals = group(
            look,
            "settings.proposals",
            labelled(look, "settings.valid_days", self.lines["proposal.valid_days"]),
            *(labelled(look, f"field.proposal.{name}", one) for name, one in self.usual.items()),
            labelled(look, "settings.mark", self.lines[KEPT]),
            self.number,
            hint="settings.proposals_hint",
        )
        self.setLayout(column(look, money, proposals, gap=32))

    def refresh(self) -> None:
        """Reads all of them anew; what is being typed stays."""
        store = self.context.store
        for name, usual in _FIGURES.items():
            self.lines[name].show_text(str(setting(store, name, usual)))
        self.counted.set_key(str(setting(store, "credit.counted", COUNTED[0])))
        kept = setting(store, "proposal.usual", {})
        for name, choice in self.usual.items():
            known = kept.get(name)
            choice.set_key(known if known in choice.texts() else _USUAL[name][0])
        self._show_currency()
        mark = str(self.context.state.value(KEPT, MARK) or MARK)
        self.lines[KEPT].show_text(mark)
        device, today = self.context.workspace.journal.device, self.context.look.clock.today()
        number = next_number(store, device, today, mark=mark)
        self.number.setText(self.context.words("settings.next_number", number=number))

    def _change_currency(self, at: int) -> None:
        code = self.currency.itemData(at)
        if code != base_currency(self.context.store):
            self.context.run(ChangeSetting("money.currency", code))

    def _show_currency(self) -> None:
        """The usual one; one that is not offered was set by hand and stays."""
        code = base_currency(self.context.store)
        if self.currency.findData(code) < 0:
            self.currency.addItem(code, code)
        self.currency.setCurrentIndex(self.currency.findData(code))

    def _change_counted(self, code: str) -> None:
        self.context.run(ChangeSetting("credit.counted", code))

    def _change_usual(self, name: str, code: str) -> None:
        kept = setting(self.context.store, "proposal.usual", {})
        self.context.run(ChangeSetting("proposal.usual", {**kept, name: code}))

    def _keep(self, name: str, text: str) -> None:
        """Stores a figure; raises UserError where it makes no sense."""
        value: object
        if name == "proposal.valid_days":
            value = parse_integer(text)
            if value is None or not 1 <= int(str(value)) <= _MOST_DAYS:
                raise UserError("settings.not_days", most=_MOST_DAYS)
        else:
            percent = parse_decimal(text.rstrip("%％"))
            if percent is None:
                raise FieldError("field.not_a_decimal", name, value=text)
            (check_margin if name == "money.margin" else check_rate)(percent)
            value = f"{percent:f}"
        if value != setting(self.context.store, name, _FIGURES[name]):
            self.context.run(ChangeSetting(name, value))

    def _keep_mark(self, text: str) -> None:
        self.context.state.setValue(KEPT, clean_mark(text))
        self.refresh()
