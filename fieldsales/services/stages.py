"""What stages and pipelines are called, and what is to be done in them (M25, M26)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fieldsales.domain.pipeline import ENDS, FUNNEL_STAGES, STORE_STAGES, Pipeline, Stage
from fieldsales.resources import read_toml
from fieldsales.words import PSEUDO, Words


def stage_name(words: Words, stage: Stage) -> str:
    """The name the user gave, else the one it came with."""
    return words.choice("stage", stage.word)


def stage_tint(stage_id: str) -> str:
    """The role of the ground on which a stage's name stands; of the user's own the plain one."""
    if stage_id in ENDS:
        return f"stage-{stage_id}"
    for row in (FUNNEL_STAGES, STORE_STAGES):
        if stage_id in row:
            return f"stage-{row.index(stage_id) + 1}"
    return "plain"


def pipeline_name(words: Words, pipeline: Pipeline) -> str:
    return pipeline.name or words(f"pipeline.{pipeline.id}")


def stage_actions(words: Words, stage: Stage) -> tuple[str, ...]:
    """What pushes a deal on from here: the user's own lines, else those it came with."""
    if stage.actions:
        return tuple(line.strip() for line in stage.actions.splitlines() if line.strip())
    language = "en" if words.language == PSEUDO else words.language
    return tuple(_shipped().get(stage.id, {}).get(language, ()))


@cache
def _shipped() -> Mapping[str, Mapping[str, list[str]]]:
    found: Mapping[str, Mapping[str, list[str]]] = read_toml("stages.toml")
    return found
