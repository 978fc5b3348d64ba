"""Which gates a move passes, in the funnel, backwards, across and to the ends."""

from __future__ import annotations

import pytest

from fieldsales.domain.pipeline import FUNNEL_STAGES, Pipeline, Pipelines, Stage, StageChange

KNOWN = Pipelines(
    (Pipeline(id="funnel", position=0), Pipeline(id="store", position=1)),
    (
        *(
            Stage(id=stage, pipeline_id="funnel", position=at, gate=f"gate_of_{stage}")
            for at, stage in enumerate(FUNNEL_STAGES)
        ),
        Stage(id="welcome", pipeline_id="store", position=0),
        Stage(id="thanks", pipeline_id="store", position=1),
        Stage(id="between", pipeline_id="store", position=1, trashed_at="2026-01-01T00:00:00Z"),
        Stage(id="won"),
        Stage(id="lost"),
    ),
)


@pytest.mark.parametrize(
    ("standing", "target", "asked"),
    [
        ("target", "analyse", "target"),
        ("target", "needs", "target analyse trust"),
        ("value", "commitment", "value"),
        ("payment", "won", "payment"),
        ("value", "won", "value commitment payment"),
        ("needs", "trust", ""),  # back
        ("payment", "target", ""),
        ("needs", "lost", ""),
        ("won", "lost", ""),
        ("lost", "needs", ""),  # taken up again
        ("won", "payment", ""),
        ("lost", "won", "target analyse trust needs value commitment payment"),
        ("welcome", "trust", "target analyse"),  # another pipeline begins at its first stage
        ("needs", "welcome", ""),
        ("needs", "thanks", "welcome"),
    ],
)
def test_a_move_asks_for_what_it_leaves_and_skips(standing, target, asked):
    gates = KNOWN.gates(standing, target, "funnel")
    assert [stage.id for stage in gates] == asked.split()


def test_a_store_deal_is_won_by_the_gates_of_its_own_pipeline():
    assert [stage.id for stage in KNOWN.gates("welcome", "won", "store")] == ["welcome", "thanks"]


def test_columns_end_with_won_and_lost_and_leave_out_what_was_removed():
    assert [stage.id for stage in KNOWN.columns("store")] == ["welcome", "thanks", "won", "lost"]
    assert KNOWN.stage("between") is not None


def test_a_removed_stage_stands_where_it_stood():
    assert KNOWN.place("between") == 1
    assert KNOWN.place("won") > KNOWN.place("payment")


def test_missing_codes_are_read_back():
    change = StageChange(missing="target:qualified value:one_plus_two_plus_one")
    assert change.missing_codes == (("target", "qualified"), ("value", "one_plus_two_plus_one"))
    assert StageChange().missing_codes == ()
