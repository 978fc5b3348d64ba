"""What is looked at: pipeline, columns, lanes, order, filters and search, as it was left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from fieldsales.domain.pipeline import ENDS, FUNNEL
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel import filters
from fieldsales.screens.funnel.strip import Strip
from fieldsales.services.board import BOARDS, LANES, SORTS, STAGE, View
from fieldsales.services.stages import pipeline_name
from fieldsales.store.queries.deals import DealFilter, found_ids
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.widgets.chips import FilterRow

_STATE = "funnel"


class Looking(QObject):
    """Joins the strip's choices and the chips to one view. `changed`: it is another now."""

    changed = Signal()

    def __init__(self, context: Context, strip: Strip, chips: FilterRow) -> None:
        super().__init__()
        self._context = context
        self._strip = strip
        self._chips = chips
        self.text = ""  # what is searched for
        self.compact = self._kept("compact", ("", "1"), "") == "1"
        self.view = self._remembered()
        strip.search.asked.connect(self.search)
        strip.pipeline.chosen.connect(self.set_pipeline)
        strip.by.chosen.connect(self.show_by)
        strip.display_chosen.connect(self.set_display)
        chips.menu_wanted.connect(self.fill_filters)
        chips.removed.connect(self._remove_filter)
        chips.clicked.connect(self._change_filter)
        chips.cleared.connect(self.clear_filters)

    def _kept(self, name: str, offered: Sequence[str], usual: str) -> str:
        value = str(self._context.state.value(f"{_STATE}/{name}", usual))
        return value if value in offered else usual

    def _remembered(self) -> View:
        live = [one.id for one in pipelines(self._context.store).live]
        usual = live[0] if live and FUNNEL not in live else FUNNEL
        ends = self._kept("ends", ("90", "0", ""), "90")
        wanted = DealFilter(
            pipeline_id=self._kept("pipeline", live, usual),
            closed_days=int(ends) if ends else None,
        )
        by, lane = self._kept("by", BOARDS, STAGE), self._kept("lane", LANES, "")
        return View(wanted, by, lane, self._kept("sort", SORTS, "close"))

    def set_view(self, view: View) -> None:
        """Looks at the deals in another way, and remembers it."""
        self.view = view
        ends = view.wanted.closed_days
        for name, value in (
            ("by", view.by),
            ("lane", view.lane),
            ("sort", view.sort),
            ("pipeline", view.wanted.pipeline_id),
            ("ends", "" if ends is None else str(ends)),
        ):
            self._context.state.setValue(f"{_STATE}/{name}", value)
        self.changed.emit()

    def set_wanted(self, wanted: DealFilter) -> None:
        self.set_view(replace(self.view, wanted=wanted))

    def searched(self) -> View:
        """The view as the board loads it: in a pipeline that is there, narrowed by the search."""
        live = [one.id for one in pipelines(self._context.store).live]
        wanted = self.view.wanted
        if live and wanted.pipeline_id not in live:
            wanted = replace(wanted, pipeline_id=live[0])
            self.view = replace(self.view, wanted=wanted)
        if not self.text:
            return self.view
        ids = found_ids(self._context.store, self.text)
        return replace(self.view, wanted=replace(wanted, ids=ids))

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter leaves deals out."""
        return bool(self.text) or filters.cleared(self.view.wanted) != self.view.wanted

    def show(self) -> None:
        """Brings strip and chips in line with the view."""
        words, view = self._context.words, self.view
        live = pipelines(self._context.store).live
        names = [(one.id, pipeline_name(words, one)) for one in live]
        self._strip.pipeline.offer(names, view.wanted.pipeline_id)
        self._strip.show_by(view.by)
        self._strip.fill_display(
            lane=view.lane,
            sort=view.sort,
            closed_days=view.wanted.closed_days,
            compact=self.compact,
            ends=view.by == STAGE,
        )
        chips = filters.chips(words, view.wanted)
        # a chip stands at the margin, the button's text does
        self._chips.setContentsMargins(self._context.look.theme.px(8) if chips else 0, 0, 0, 0)
        self._chips.show_filters(chips)

    # what the user asks for

    def search(self, text: str) -> None:
        if text.strip() != self.text:
            self.text = text.strip()
            self.changed.emit()

    def show_everything(self) -> None:
        """Without search and filters."""
        self.text = ""
        self._strip.search.clear_now()
        self.clear_filters()

    def set_pipeline(self, pipeline_id: str) -> None:
        self.set_wanted(replace(self.view.wanted, pipeline_id=pipeline_id))

    def show_by(self, by: str) -> None:
        """Another board over the same deals."""
        self.set_view(replace(self.view, by=by))

    def set_display(self, name: str, value: str) -> None:
        """`lane`, `sort`, `ends` (days, '' for all) or `compact`."""
        if name == "compact":
            self.compact = value == "1"
            self._context.state.setValue(f"{_STATE}/compact", value)
            self.changed.emit()
        elif name == "ends":
            closed_days = int(value) if value else None
            self.set_wanted(replace(self.view.wanted, closed_days=closed_days))
        elif name == "lane":
            self.set_view(replace(self.view, lane=value))
        else:
            self.set_view(replace(self.view, sort=value))

    def fill_filters(self, menu: QMenu) -> None:
        """Every condition that can be added or changed."""
        words, store = self._context.words, self._context.store
        today = self._context.look.clock.today()
        filters.fill_menu(menu, words, store, self.view.wanted, self.set_wanted, today)

    def _change_filter(self, key: str) -> None:
        words, store = self._context.words, self._context.store
        menu = QMenu(self._chips)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = self._context.look.clock.today()
        wanted = self.view.wanted
        filters.fill_condition(menu, words, store, wanted, key, self.set_wanted, today)
        menu.popup(self._chips.chip_position(key))

    def _remove_filter(self, key: str) -> None:
        self.set_wanted(filters.without(self.view.wanted, key))

    def clear_filters(self) -> None:
        self.set_wanted(filters.cleared(self.view.wanted))

    # folded columns

    def folds(self) -> set[str]:
        """The columns that are folded on this kind of board."""
        kept = self._context.state.value(f"{_STATE}/folded-{self.view.by}")
        if kept is None:
            return set(ENDS) if self.view.by == STAGE else set()
        return set(str(kept).split("|"))

    def keep_folds(self, folded: set[str]) -> None:
        name = f"{_STATE}/folded-{self.view.by}"
        self._context.state.setValue(name, "|".join(sorted(folded)))
