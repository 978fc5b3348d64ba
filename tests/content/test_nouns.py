"""Every noun, field and choice that the domain declares has a name in each language."""

from __future__ import annotations

import string

import pytest

from fieldsales.domain import checklist_file, customer, deal, need, portfolio, verdict, visit
from fieldsales.domain.classes.channels import CHANNELS
from fieldsales.domain.customer import COMPLETENESS_FACTS, HORIZONS
from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.domain.stage_evidence import EVIDENCE
from fieldsales.domain.verdict import Outcome, Verdict, judge
from fieldsales.domain.whole_brain import QUADRANTS
from fieldsales.words import LANGUAGES, catalogue

FIELD_ERRORS = {
    "field.required": set(),
    "field.too_long": {"limit", "length"},
    "field.unknown_choice": {"value"},
    "field.not_a_number": {"value"},
    "field.not_a_decimal": {"value"},
    "field.too_precise": {"limit"},
    "field.too_small": {"limit"},
    "field.too_large": {"limit"},
    "field.amount_too_large": set(),
    "field.not_a_date": {"value"},
    "field.not_a_moment": {"value"},
    "field.circle": set(),
    "field.not_a_birthday": {"value"},
    "field.no_such_day": {"value"},
    "field.no_lunar_day": {"value"},
}


def _declared() -> set[str]:
    keys: set[str] = set()
    for noun, record in NOUNS.items():
        keys.add(f"noun.{noun}")
        for field in fields(record).values():
            keys.add(f"field.{noun}.{field.name}")
            keys |= {f"choice.{field.list}.{code}" for code in field.choices}
    return keys


def _computed() -> set[str]:
    """Codes that no field holds, but that a user is shown."""
    keys = {f"choice.verdict.{code}" for code in Verdict}
    keys |= {f"choice.quadrant.{code}" for code in QUADRANTS}
    keys |= {f"choice.signal_kind.{code}" for code in visit.SIGNAL_KINDS}
    sizes = {customer.size_class(n) for n in (0, 1, 10, 100, 500, 1000)}
    channels = {customer.serving_channel(n, "") for n in (1, 10, 100, 500, 1000)}
    keys |= {f"choice.size_class.{code or 'unknown'}" for code in sizes}
    keys |= {f"choice.serving_channel.{code}" for code in channels}
    outcomes = (
        Outcome(ordered=ordered, refused=refused, their_action=action, their_date=day)
        for ordered in (False, True)
        for refused in (False, True)
        for action in ("", "来看演示")
        for day in (None, "2026-11-09")
    )
    keys |= {f"verdict_reason.{judge(outcome).reason}" for outcome in outcomes}
    keys |= {f"horizon_advice.{code}" for code in HORIZONS}
    keys |= {f"missing.{fact}" for fact in COMPLETENESS_FACTS}
    keys |= {f"choice.stage.{code}" for code in deal.SHIPPED_STAGES}
    keys |= {f"choice.currency.{code}" for code in deal.CURRENCIES}
    keys |= {f"evidence.{code}" for code in EVIDENCE}
    keys |= {
        f"choice.{method}.{code}" for method, codes in portfolio.CLASSES.items() for code in codes
    }
    keys |= {f"choice.channel.{code}" for code in CHANNELS}
    keys |= {f"choice.checklist_of.{code}" for code in checklist_file.SUBJECTS}
    keys |= {f"choice.checklist_kind.{code}" for code in checklist_file.KINDS}
    return keys


@pytest.mark.parametrize("key", sorted(_declared() | _computed() | set(FIELD_ERRORS)))
def test_named_in_each_language(key: str) -> None:
    entry = catalogue()[key]
    for language in LANGUAGES:
        assert entry[language].strip(), language


def test_fields_of_a_noun_are_told_apart() -> None:
    for noun, record in NOUNS.items():
        shown = [field.name for field in fields(record).values() if field.shown]
        for language in LANGUAGES:
            labels = [catalogue()[f"field.{noun}.{name}"][language] for name in shown]
            assert len(set(labels)) == len(labels), (noun, language, labels)


def test_choices_of_a_list_are_told_apart() -> None:
    lists = {key.rsplit(".", 1)[0] for key in catalogue() if key.startswith("choice.")}
    for name in lists:
        codes = [key for key in catalogue() if key.rsplit(".", 1)[0] == name]
        for language in LANGUAGES:
            labels = {catalogue()[key][language] for key in codes}
            assert len(labels) == len(codes), (name, language)


@pytest.mark.parametrize(("key", "names"), FIELD_ERRORS.items())
def test_errors_name_what_the_check_hands_over(key: str, names: set[str]) -> None:
    for language in LANGUAGES:
        used = {name for _, name, _, _ in string.Formatter().parse(catalogue()[key][language])}
        assert used - {None} == names


def test_no_name_is_left_over() -> None:
    known = _declared() | _computed() | set(FIELD_ERRORS)
    owned = ("noun.", "choice.", "field.", "verdict_reason.", "horizon_advice.")
    assert {key for key in catalogue() if key.startswith(owned)} <= known


def test_hints_belong_to_fields_one_types_into() -> None:
    typed = (Kind.TEXT, Kind.NOTE, Kind.PHONE, Kind.INTEGER, Kind.MONEY)
    hints = [key.split(".")[1:] for key in catalogue() if key.startswith("hint.")]
    assert ["customer", "name"] in hints
    for noun, name in hints:
        field = fields(NOUNS[noun])[name]
        assert field.kind in typed or field.own


def test_the_walk_sees_the_domain() -> None:
    declared = _declared()
    assert "choice.advance.trial" in declared
    assert {f"choice.need_category.{code}" for code in need.PERSONAL_NEEDS} <= declared
    assert {f"choice.advance.{code}" for code in verdict.ADVANCES} <= declared
