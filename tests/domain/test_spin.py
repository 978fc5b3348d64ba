"""From situation to benefit: totals, gaps and the trend of questions (M27)."""

from __future__ import annotations

import pytest

from fieldsales.domain.need import Need
from fieldsales.domain.spin import Gap, Totals, depth, flow, totals, trend
from fieldsales.domain.visit import VisitItem
from fieldsales.domain.worksheet import WorksheetRow

IMPLIED = Need(id="i", customer_id="c", text="料肉比上不去", statement="implied")
EXPLICIT = Need(id="e", customer_id="c", text="想把断奶腹泻降一半", statement="explicit")
BENEFIT = WorksheetRow(id="r", worksheet_id="w", benefit="腹泻少了，药费省一半", need_id="e")


def asked(kinds: str, *, answer: str = "") -> list[VisitItem]:
    """Questions that were asked, by initials: s, p, i, n."""
    names = {"s": "situation", "p": "problem", "i": "implication", "n": "payoff"}
    return [VisitItem(visit_id="v", code=names[one], done=1, answer=answer) for one in kinds]


def _kind(item: VisitItem) -> str:
    return item.code


def test_questions_are_counted_by_kind() -> None:
    items = [
        *asked("sp"),
        VisitItem(visit_id="v", code="problem", answer="老拉稀"),
        VisitItem(visit_id="v", code="implication"),
        VisitItem(visit_id="v", code="", text="别的"),
        VisitItem(visit_id="v", kind="material", code="problem", done=1),
    ]
    assert totals(items, _kind) == {
        "situation": Totals(1, 1, 0),
        "problem": Totals(2, 2, 1),
        "implication": Totals(1, 0, 0),
        "payoff": Totals(),
    }


@pytest.mark.parametrize(
    ("kinds", "needs", "rows", "gaps"),
    [
        ("", [], [], []),
        ("sssspi", [], [], [Gap.TOO_MANY_SITUATION, Gap.NO_PAYOFF]),
        ("sssspipn", [], [], []),
        ("sss", [], [], []),
        ("sp", [], [], [Gap.NO_IMPLICATION]),
        ("", [IMPLIED], [], [Gap.NO_IMPLICATION]),
        ("pi", [IMPLIED], [], [Gap.NO_PAYOFF]),
        ("pi", [IMPLIED, EXPLICIT], [], [Gap.NEED_WITHOUT_BENEFIT]),
        ("pin", [IMPLIED, EXPLICIT], [BENEFIT], []),
        ("pin", [IMPLIED], [BENEFIT], [Gap.BENEFIT_WITHOUT_NEED]),
    ],
)
def test_gaps(kinds: str, needs: list[Need], rows: list[WorksheetRow], gaps: list[Gap]) -> None:
    assert list(flow(asked(kinds), needs, rows, _kind).gaps) == gaps


def test_the_flow_counts_what_stands_at_each_step() -> None:
    answered = Need(id="a", customer_id="c", text="要送货", statement="explicit", answered=1)
    found = flow(asked("spin"), [IMPLIED, EXPLICIT, answered], [], _kind)
    assert (found.implied, found.developed, found.explicit, found.met) == (1, 2, 2, 1)
    assert found.unmet == (EXPLICIT,)


def test_the_trend_is_the_last_visit_against_those_before() -> None:
    depths = [depth(totals(asked(kinds), _kind)) for kinds in ("ssss", "", "sspi", "spin")]
    assert depths == [0.0, None, 0.25, 0.5]
    assert trend(depths) == 0.375
    assert trend(depths[:2]) is None
