"""What stages and pipelines are called, and what is to be done in them (M25, M26)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fieldsales.domain.deal import SHIPPED_STAGES
from fieldsales.domain.pipeline import (
    ENDS,
    FUNNEL,
    FUNNEL_STAGES,
    STORE,
    STORE_STAGES,
    Pipeline,
    Stage,
)
from fieldsales.resources import read_toml
from fieldsales.words import PSEUDO, Words


def stage_name(words: Words, stage: Stage) -> str:
    """The name the user gave, else the one it came with."""
    return words.choice("stage", stage.word)


def evidence_name(words: Words, code: str) -> str:
    """What a piece of evidence is called; one that another version wrote by its code."""
    key = f"evidence.{code}"
    return words(key) if words.has(key) else code


def own_name(words: Words, stage: Stage, name: str) -> str:
    """What is to be kept of a name that was typed: '' for the one the stage came with."""
    return "" if _is_shipped(stage) and name == words.choice("stage", stage.id) else name


def _is_shipped(stage: Stage) -> bool:
    return stage.id in SHIPPED_STAGES


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


def own_pipeline_name(words: Words, pipeline: Pipeline, name: str) -> str:
    """What is to be kept of a name that was typed: '' for the one the pipeline came with."""
    shipped = pipeline.id in (FUNNEL, STORE)
    return "" if shipped and name == words(f"pipeline.{pipeline.id}") else name


def stage_actions(words: Words, stage: Stage) -> tuple[str, ...]:
    """What pushes a deal on from here: the user's own lines, else those it came with."""
    if stage.actions:
        return tuple(line.strip() for line in stage.actions.splitlines() if line.strip())
    return _shipped_actions(words, stage)


def own_actions(words: Words, stage: Stage, text: str) -> str:
    """What is to be kept of actions that were typed: '' for those the stage came with."""
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    return "" if lines == _shipped_actions(words, stage) else text


def _shipped_actions(words: Words, stage: Stage) -> tuple[str, ...]:
    language = "en" if words.language == PSEUDO else words.language
    return tuple(_shipped().get(stage.id, {}).get(language, ()))


@cache
def _shipped() -> Mapping[str, Mapping[str, list[str]]]:
    found: Mapping[str, Mapping[str, list[str]]] = read_toml("stages.toml")
    return found
