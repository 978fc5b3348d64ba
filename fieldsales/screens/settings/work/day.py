"""What a day holds, which festivals it speaks of, and how long before a visit one is reminded."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from fieldsales.domain.customer import CLASS_RHYTHM
from fieldsales.domain.day_plan import FITS
from fieldsales.errors import UserError
from fieldsales.screens.contract import REMINDED, Context
from fieldsales.screens.settings.groups import Group, group, labelled
from fieldsales.screens.settings.typed_line import TypedLine
from fieldsales.services import festivals
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.reminders import MINUTES, USUAL
from fieldsales.store.queries.rhythm import rhythms
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.notifier import Notifier
from fieldsales.widgets.pieces import column, label, row
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.typed import parse_integer

_FITS = (6, FITS, 20, 0)  # 0: all there is
_MOST_DAYS = 3_650


class DaySettings(Group):
    """What fits belongs to the file; reminders to the laptop."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        fits = [
            Option(str(n), words("settings.fits_n", n=n) if n else words("settings.fits_all"))
            for n in _FITS
        ]
        self.fits = Segmented(look, fits, name=words("settings.fits"))
        self.fits.chosen.connect(self._change_fits)
        before = [
            Option(str(n), words("settings.remind_n", n=n) if n else words("settings.remind_never"))
            for n in MINUTES
        ]
        self.before = Segmented(look, before, name=words("settings.remind"))
        self.before.chosen.connect(self._change_before)
        self.rhythm = {
            code: TypedLine(context, partial(self._keep_rhythm, code), words("settings.days"))
            for code in CLASS_RHYTHM
        }
        rhythm = row(
            look,
            *(
                labelled(look, f"choice.importance.{code}", one)
                for code, one in self.rhythm.items()
            ),
            gap=12,
        )
        classes = QWidget()
        classes.setLayout(rhythm)
        self.festivals: dict[str, QCheckBox] = {}
        flow = FlowLayout(look, gap=16)
        for code in festivals.TOPICS:
            box = QCheckBox(words(f"calendar.festival.{code}"))
            box.clicked.connect(partial(self._keep_festival, code))
            self.festivals[code] = box
            flow.addWidget(box)
        chosen = QWidget()
        chosen.setLayout(flow)
        can = Notifier.available()
        hint = words("settings.remind_hint" if can else "settings.remind_nowhere")
        self.setLayout(
            column(
                look,
                group(
                    look,
                    "settings.day",
                    labelled(look, "settings.fits", self.fits),
                    labelled(look, "settings.remind", self.before),
                    label(look, hint, size="caption", tone="muted", wrap=True),
                ),
                group(look, "settings.rhythm", classes, hint="settings.rhythm_hint"),
                group(look, "settings.festivals", chosen, hint="settings.festivals_hint"),
                gap=32,
            )
        )

    def refresh(self) -> None:
        """Shows what holds now."""
        fits = str(setting(self.context.store, "today.fits", FITS))
        self.fits.set_key(fits if fits in self.fits.texts() else str(FITS))
        for code, days in rhythms(self.context.store).items():
            self.rhythm[code].show_text(str(days))
        kept = festivals.kept(self.context.store)
        for code, box in self.festivals.items():
            box.setChecked(code in kept)
        before = str(self.context.state.value(REMINDED) or USUAL)
        self.before.set_key(before if before in self.before.texts() else str(USUAL))

    def _change_fits(self, key: str) -> None:
        self.context.run(ChangeSetting("today.fits", int(key)))

    def _keep_festival(self, code: str) -> None:
        on = self.festivals[code].isChecked()
        self.context.run(festivals.keep(self.context.store, code, on=on))

    def _change_before(self, key: str) -> None:
        self.context.state.setValue(REMINDED, key)

    def _keep_rhythm(self, code: str, text: str) -> None:
        """Stores the days between contacts of a class; raises UserError where they are none."""
        days = parse_integer(text) if text else 0
        if not isinstance(days, int) or not 0 <= days <= _MOST_DAYS:
            raise UserError("settings.not_rhythm", most=_MOST_DAYS)
        known = rhythms(self.context.store)
        if known[code] != days:
            self.context.run(ChangeSetting("rhythm.importance", {**known, code: days}))
