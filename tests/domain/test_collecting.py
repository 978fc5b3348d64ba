"""Who is called about money today, and with which step (M42)."""

from __future__ import annotations

from datetime import date

import pytest

from fieldsales.domain.money.collecting import call_reason, usual_step
from fieldsales.domain.money.receivable import STEPS

TODAY = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("due", "last_step", "promised", "reason"),
    [
        (None, None, None, None),
        ("2026-11-09", None, None, None),  # the day itself is not late
        ("2026-11-08", None, None, "first"),
        ("2026-11-01", "2026-11-03", None, None),
        ("2026-11-01", "2026-11-02", None, "again"),
        ("2026-11-01", "2026-11-02", "2026-11-12", None),  # a promise is waited for
        ("2026-11-20", None, "2026-11-09", "promised_today"),
        ("2026-11-01", "2026-11-02", "2026-11-06", "broken"),
        ("2026-11-20", "2026-11-02", "2026-11-06", "broken"),  # promised earlier than due
        ("2026-11-01", "2026-11-07", "2026-11-06", None),  # asked after it meanwhile
    ],
)
def test_who_is_called_today(
    due: str | None, last_step: str | None, promised: str | None, reason: str | None
) -> None:
    assert call_reason(due, last_step, promised, TODAY) == reason


def test_steps_get_firmer_but_nobody_is_written_to_who_was_not_called() -> None:
    called = frozenset({"call"})
    steps = [usual_step(days, called) for days in (0, 7, 8, 30, 31, 61, 91)]
    assert steps == ["reminder", "reminder", "call", "call", "visit", "letter", "legal"]
    assert {usual_step(days) for days in (8, 31, 61, 400)} == {"call"}
    assert set(steps) <= set(STEPS)
