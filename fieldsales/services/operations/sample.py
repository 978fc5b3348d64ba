"""The sample territory: a feed mill's sales area and a telecom customer, dated around today."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from fieldsales.domain.classes.history import months_before
from fieldsales.domain.clock import to_stamp
from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.forecast import months
from fieldsales.domain.ids import new_id
from fieldsales.domain.nouns import NOUNS
from fieldsales.domain.quarters import Quarter
from fieldsales.resources import read_toml
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer

# owners first: what is referred to must be there
_ORDER = (
    "customer",
    "contact",
    "tag",
    "tagging",
    "product",
    "price",
    "solution",
    "own_entry",
    "deal",
    "stage_change",
    "deal_member",
    "factor_rating",
    "buying_role",
    "visit",
    "visit_person",
    "need",
    "visit_item",
    "need_rating",
    "preference",
    "special_day",
    "worksheet",
    "worksheet_row",
    "value_part",
    "checklist_result",
    "checklist_answer",
    "tag_rule",
    "assessment",
    "clue",
    "task",
    "proposal",
    "proposal_line",
    "instalment",
    "receivable",
    "payment",
    "settlement",
    "collecting_step",
    "interaction",
    "satisfaction",
    "campaign",
    "campaign_member",
    "snooze",
    "sale",
    "estimate",
    "rating",
    "class_pin",
    "review",
    "review_item",
    "setting",
)


_ONE = timedelta(days=1)
_MONTH = re.compile(r"<month\+(\d)>")
_QUARTER = re.compile(r"<quarter-(\d)>")


@dataclass(frozen=True)
class LoadSample(Operation):
    """Adds the sample to the file; one undo takes it away."""

    def apply(self, writer: Writer) -> None:
        today = writer.store.clock.today()
        ids: dict[tuple[str, str], str] = {}
        for noun in _ORDER:
            for record in sample(noun):
                key = str(record.get("key") or new_id())
                ids[noun, key] = new_id()
        for noun in _ORDER:
            for record in sample(noun):
                key = str(record.get("key", ""))
                values = _values(noun, record, ids, today)
                if noun == "proposal":  # each is the first version
                    values["series_id"] = ids[noun, key]
                writer.insert(noun, values, ids.get((noun, key), ""))


def sample(noun: str) -> list[Mapping[str, Any]]:
    """The records of one noun as they stand in `resources/sample`."""
    records: list[Mapping[str, Any]] = read_toml("sample", f"{noun}.toml")[noun]
    return [each for one in records for each in _by_month(one)] if noun == "sale" else records


def _by_month(sold: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A sale for each month in which there was one; they stand with the newest last."""
    months = sold["months"]
    for at, amount in enumerate(months):
        if amount:
            minor = 100 * amount
            yield {
                **sold,
                "monthly": 1,
                "dated": {"months_ago": len(months) - at},
                "amount": minor,
                "currency": "CNY",
                "cost": minor * (100 - sold["margin"]) // 100,
            }


def _values(
    noun: str, record: Mapping[str, Any], ids: Mapping[tuple[str, str], str], today: date
) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, spec in fields(NOUNS[noun]).items():
        given = record.get(name.removesuffix("_id") if spec.kind is Kind.REFERENCE else name)
        if given is None:
            continue
        if spec.kind is Kind.REFERENCE:
            values[name] = ids.get((spec.noun, given), given)  # or it came with the file
        elif spec.kind in (Kind.DATE, Kind.MOMENT):
            values[name] = _day(given, today) if spec.kind is Kind.DATE else _moment(given, today)
        elif isinstance(given, str):
            text = _MONTH.sub(partial(_month, today), given)
            values[name] = _QUARTER.sub(partial(_quarter, today), text)
        else:
            values[name] = given
    return values


def _month(today: date, found: re.Match[str]) -> str:
    """`<month+2>`: the month after next, as `2027-01`."""
    return months(today, int(found[1]) + 1)[-1]


def _quarter(today: date, found: re.Match[str]) -> str:
    """`<quarter-2>`: the quarter before the last one, as `2026-Q2`."""
    return str(Quarter.of(today).earlier(int(found[1])))


def _day(given: Mapping[str, Any], today: date) -> str:
    if "months_ago" in given:  # the last day of a month that is over
        return (months_before(today.replace(day=1), given["months_ago"] - 1) - _ONE).isoformat()
    return (today + timedelta(days=given["day"])).isoformat()


def _moment(given: Mapping[str, Any], today: date) -> str:
    day = today + timedelta(days=given["day"])
    clock = time.fromisoformat(given.get("time", "09:00"))
    return to_stamp(datetime.combine(day, clock).astimezone())
