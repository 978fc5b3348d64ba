"""Needs of the customer: how clear, of which kind, by whom, how deep (M18, M19, M27, M37)."""

from __future__ import annotations

from collections.abc import Mapping

from fieldsales.domain.need import Need
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.records import RecordSection
from fieldsales.screens.finders import deals_finder, people_finder
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.form import Group
from fieldsales.widgets.lines import LineFace


class NeedsSection(RecordSection[Need]):
    """Lines of needs, the latest first."""

    noun = "need"
    groups = (
        Group(
            "",
            (
                "text",
                "statement",
                "category",
                "contact_id",
                "deal_id",
                "answered",
                "actual",
                "behind",
            ),
            wide=("text", "actual", "behind"),
        ),
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.names: Mapping[str, str] = {}  # of the people who may have voiced them

    def _customer(self) -> str:
        return self.customer_id

    def record(self, item: Need) -> Need:
        return item

    def values(self, text: str) -> dict[str, object]:
        return {"text": text}

    def finders(self) -> Mapping[str, Finder]:
        return {
            "contact_id": people_finder(self.context, self._customer),
            "deal_id": deals_finder(self.context, self._customer),
        }

    def face(self, item: Need) -> LineFace:
        words = self.context.words
        statement = words.choice("statement", item.statement)
        chips = [ChipFace(statement, "accent" if item.statement == "explicit" else "plain")]
        if deepest := "behind" if item.behind else "actual" if item.actual else "":
            chips.append(ChipFace(words(f"card.need_{deepest}"), tooltip=words("card.need_depth")))
        if item.answered:
            chips.append(ChipFace(words("field.need.answered"), "good", "check"))
        parts = (
            words.choice("need_category", item.category),
            self.names.get(item.contact_id or "", ""),
        )
        return LineFace(
            key=item.id,
            title=item.text,
            chips=tuple(chips),
            subtitle=" · ".join(filter(None, (*parts, item.behind or item.actual))),
            tooltip="\n".join(filter(None, (item.text, item.actual, item.behind))),
        )
