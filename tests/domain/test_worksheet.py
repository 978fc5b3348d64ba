"""Benefit or only an advantage; the value stack against the price (M27, M28)."""

from __future__ import annotations

from fieldsales.domain.need import Need
from fieldsales.domain.worksheet import ValuePart, WorksheetRow, answers_need, value_stack


def test_only_what_answers_an_explicit_need_is_a_benefit() -> None:
    explicit = Need(id="e", statement="explicit")
    needs = [explicit, Need(id="i"), Need(id="t", statement="explicit", trashed_at="2026")]
    row = WorksheetRow(benefit="药费省一半", need_id="e")
    assert answers_need(row, needs)
    assert not answers_need(row, [])
    assert not answers_need(WorksheetRow(benefit="", need_id="e"), needs)
    for other in ("i", "t", None):
        assert not answers_need(WorksheetRow(benefit="药费省一半", need_id=other), needs)


def test_the_textbook_stack_holds_the_price() -> None:
    parts = [
        ValuePart(label=label, amount=amount * 100)
        for label, amount in (("好感", 2), ("服务", 2), ("信任", 2), ("功能", 1), ("成功的把握", 3))
    ]
    stack = value_stack(1_000, parts)
    assert (stack.total, stack.surplus) == (1_000, 0)
    assert [begins for _, _, begins in stack.parts] == [0, 200, 400, 600, 700]
    assert value_stack(None, parts).surplus is None
    assert value_stack(1_200, [*parts, ValuePart(label="待定")]).surplus == -200
