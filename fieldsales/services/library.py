"""The shipped library: signals, objections, questions and their like, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from fieldsales.domain.own_entry import OwnEntry
from fieldsales.domain.whole_brain import QUADRANTS
from fieldsales.entries import Entry, entries
from fieldsales.resources import read_toml

PHRASE_TOPICS = (  # in the order of a sale (M48)
    "appointment",
    "opening",
    "question",
    "agreement",
    "pitch",
    "recommend",
    "suggest",
    "silence",
    "summary",
    "commitment",
    "handover",
    "thanks",
    "follow_up",
    "collecting",
    "care",
    "apology",
)
GREETING_TOPICS = (  # occasions to write to somebody (M44)
    "birthday",
    "wedding",
    "founding",
    "little_year",
    "spring",
    "new_year",
    "lantern",
    "dragon_boat",
    "mid_autumn",
    "double_ninth",
    "national",
    "winter_solstice",
    "order",
    "visit",
    "unseen",
    "opened",
    "anniversary",
    "condolence",
)
TOPICS = (*PHRASE_TOPICS, *GREETING_TOPICS)
MAIN = "main"  # the answer to an objection that is for nobody in particular
SPIN_KINDS = ("situation", "problem", "implication", "payoff")  # M27


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal(Entry):
    """A buying signal (M29b): what one notices, and what to do then. `kind` as SIGNAL_KINDS."""

    kind: str
    text: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Entry):
    """A question of the SPIN bank (M27); no `industries` = it fits everywhere."""

    kind: str
    text: str
    industries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection(Entry):
    """An objection and how to answer it (M29a).

    `answer_a` … `answer_d`: answers for a thinking style of M21. A new one is added at the end: its
    place is the key by which visits remember it.
    """

    step: str
    title: str
    heard: tuple[str, ...]
    means: tuple[str, ...]
    ask: tuple[str, ...]
    answer: str
    answer_a: tuple[str, ...] = ()
    answer_b: tuple[str, ...] = ()
    answer_c: tuple[str, ...] = ()
    answer_d: tuple[str, ...] = ()
    avoid: str = ""

    @property
    def ready(self) -> dict[str, str]:
        """Key -> answer: MAIN unless it is empty, then `a`, `a2`, `a3` … of each thinking style."""
        styles = (self.answer_a, self.answer_b, self.answer_c, self.answer_d)
        told = {
            f"{style}{at if at > 1 else ''}": answer
            for style, answers in zip(QUADRANTS, styles, strict=True)
            for at, answer in enumerate(answers, start=1)
        }
        return {MAIN: self.answer, **told} if self.answer else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Entry):
    """A clue about the customer and what it may tell (M29e).

    `quadrant` hints at a thinking style (M21), `need` at a category of M18/M19.
    """

    kind: str
    text: str
    tells: str
    quadrant: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(Entry):
    """Something to bring, and what it is good for."""

    text: str
    why: str
    industries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance(Entry):
    """An advance of M29c: how to know it, how to ask for it, what to say."""

    look: str
    ask: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAdvance(Entry):
    """What a deal at a stage lacks and which advances it needs; the code is the stage's (M25)."""

    advances: tuple[str, ...]
    needs: str
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStep(Entry):
    """A step of the closing route (M29b); `goes_to` are codes of the steps that may follow."""

    step: str
    say: str
    goes_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique(Entry):
    """A closing technique (M29b).

    `honest`: what has to be true for it; `needs_fact`: it is used only with the fact that makes it
    true written down.
    """

    what: str
    when: str
    when_not: str
    example: str
    honest: str
    needs_fact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Entry):
    """Something to keep to while closing (M29b)."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase(Entry):
    """A sentence ready to say or send; a greeting has a `tone` and fields to be filled in."""

    topic: str
    text: str
    use: str
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting(Entry):
    """A text to send on an occasion (M44), in one of the tones `formal`, `familiar`, `close`."""

    occasion: str
    tone: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collecting(Entry):
    """What to say or send at a step of collecting (M42); the code is the step's."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Entry):
    """A text for a proposal (M43). `kind` as TextBlock; what is to be filled in stands in 【】."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Library:
    """All entries by code, in the order in which they stand in their files."""

    signals: Mapping[str, Signal]
    questions: Mapping[str, Question]
    objections: Mapping[str, Objection]
    observations: Mapping[str, Observation]
    materials: Mapping[str, Material]
    advances: Mapping[str, Advance]
    next_advances: Mapping[str, NextAdvance]
    route: Mapping[str, RouteStep]
    techniques: Mapping[str, Technique]
    rules: Mapping[str, Rule]
    phrases: Mapping[str, Phrase]
    collecting: Mapping[str, Collecting]
    passages: Mapping[str, Passage]

    def questions_for(self, industry: str) -> list[Question]:
        """Questions that fit an industry, its own ones first."""
        return fitting(self.questions.values(), industry)

    def materials_for(self, industry: str) -> list[Material]:
        """Things to bring that fit an industry, its own ones first."""
        return fitting(self.materials.values(), industry)


def with_own(shelf: Library, own: Iterable[OwnEntry]) -> Library:
    """The library with the rep's own entries first, each under its id as the code."""
    objections: dict[str, Objection] = {}
    questions: dict[str, Question] = {}
    phrases: dict[str, Phrase] = {}
    for one in own:
        industries = (one.industry,) if one.industry else ()
        if one.kind == "objection":
            objections[one.id] = Objection(
                code=one.id,
                step=one.topic,
                title=one.title,
                heard=_lines(one.heard) or (one.title,),
                means=_lines(one.means),
                ask=_lines(one.ask),
                answer=one.answer,
                answer_a=_lines(one.answer_a),
                answer_b=_lines(one.answer_b),
                answer_c=_lines(one.answer_c),
                answer_d=_lines(one.answer_d),
                avoid=one.avoid,
            )
        elif one.kind == "question":
            questions[one.id] = Question(
                code=one.id, kind=one.topic, text=one.title, industries=industries
            )
        else:
            phrases[one.id] = Phrase(code=one.id, topic=one.topic, text=one.answer, use=one.title)
    return replace(
        shelf,
        objections={**objections, **shelf.objections},
        questions={**questions, **shelf.questions},
        phrases={**phrases, **shelf.phrases},
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


_Fits = TypeVar("_Fits", Question, Material)


def fitting(entries: Iterable[_Fits], industry: str) -> list[_Fits]:
    """Entries of this industry, then those that fit everywhere."""
    found = [entry for entry in entries if not entry.industries or industry in entry.industries]
    return sorted(found, key=lambda entry: not entry.industries)


@cache
def library(language: str) -> Library:
    """The library in a language of the window; the pseudo language has it in English."""
    return Library(
        signals=entries(Signal, _file("signals")["signal"], language),
        questions=entries(Question, _file("questions")["question"], language),
        objections=entries(Objection, _file("objections")["objection"], language),
        observations=entries(Observation, _file("observations")["observation"], language),
        materials=entries(Material, _file("materials")["material"], language),
        advances=entries(Advance, _file("advances")["advance"], language),
        next_advances=entries(NextAdvance, _file("advances")["next_advance"], language),
        route=entries(RouteStep, _file("closing")["route"], language),
        techniques=entries(Technique, _file("closing")["technique"], language),
        rules=entries(Rule, _file("closing")["rule"], language),
        phrases={
            **entries(Phrase, _file("phrases")["phrase"], language),
            **_greetings(language),
        },
        collecting=entries(Collecting, _file("collecting")["collecting"], language),
        passages=entries(Passage, _file("passages")["passage"], language),
    )


def _greetings(language: str) -> dict[str, Phrase]:
    """Greetings as phrases: the occasion is their topic, whom the tone is for says their use."""
    tones = entries(Rule, _file("greetings")["greeting_tone"], language)
    found = entries(Greeting, _file("greetings")["greeting"], language)
    return {
        code: Phrase(
            code=code, topic=one.occasion, text=one.text, use=tones[one.tone].text, tone=one.tone
        )
        for code, one in found.items()
    }


@cache
def _file(name: str) -> dict[str, Any]:
    return read_toml("library", f"{name}.toml")
