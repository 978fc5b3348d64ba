"""How to meet people (M21, M29e): what to bring, say, show and avoid, and how to order the talk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fieldsales.domain.observed import FAIRLY_SURE, SURE
from fieldsales.domain.visit import PersonFacts, VisitFacts
from fieldsales.domain.whole_brain import QUADRANTS, Scores
from fieldsales.methods.whole_brain.content import Gap, Meeting, WholeBrain, whole_brain
from fieldsales.methods.whole_brain.profiles import Profile
from fieldsales.methods.whole_brain.told import best_profile
from fieldsales.words import Words

PARTS = ("bring", "say", "show", "avoid")
# whose advice counts where somebody holds several roles, and who is served first
ROLES = ("decision_maker", "gatekeeper", "purchaser", "user", "guide")


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the table, and the role of ROLES that weighs most with them, '' for none."""

    profile: Profile
    role: str = ""


@dataclass(frozen=True, slots=True)
class Counsel:
    """How to meet one of them; `quadrants` lead, the strongest first.

    `gap`: from our own leading quadrant to theirs, `between` the two; None while we have not
    assessed ourselves.
    """

    seat: Seat
    quadrants: tuple[str, ...]
    bring: str
    say: str
    show: str
    avoid: str
    gap: Gap | None = None
    between: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Advice:
    """How to meet all of them, the weightiest first; `unknown` are those nothing is known of.

    `talk`: how to order it, where several quadrants sit there.
    """

    counsels: tuple[Counsel, ...] = ()
    unknown: tuple[Seat, ...] = ()
    talk: Meeting | None = None

    @property
    def turns(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Whom to serve in which order: quadrant, and the names of those whom it leads."""
        return tuple(
            (quadrant, names)
            for quadrant in (self.talk.order if self.talk else ())
            if (
                names := tuple(
                    one.seat.profile.name for one in self.counsels if one.quadrants[0] == quadrant
                )
            )
        )


def seat(person: PersonFacts, words: Words, today: date) -> Seat:
    """Somebody who is expected at a visit, or was met there."""
    brain, name = whole_brain(words.language), person.contact.name
    profile = best_profile(name, person.assessment, person.clues, brain, words, today)
    return Seat(profile, main_role(person.roles))


def of_visit(facts: VisitFacts, words: Words, today: date) -> Advice:
    """How to meet the people of a visit."""
    brain = whole_brain(words.language)
    own = best_profile("", facts.own, (), brain, words, today)
    return advise((seat(person, words, today) for person in facts.live_people), brain, own)


def main_role(roles: Iterable[str]) -> str:
    """The role that weighs most in a meeting; '' where there is none of ROLES."""
    return min((role for role in roles if role in ROLES), key=ROLES.index, default="")


def advise(seats: Iterable[Seat], brain: WholeBrain, own: Profile | None = None) -> Advice:
    """What is to be done in a meeting with these people; `own`: how we think ourselves.

    Each of somebody's leading quadrants has its say: of two the stronger one tells what to bring
    and to say, the other what to show and to avoid.
    """
    ordered = sorted(seats, key=turn)
    ours = by_strength(own)[0] if own is not None and own.known else ""
    counsels = tuple(_counsel(seat, brain, ours) for seat in ordered if seat.profile.known)
    talk = brain.meeting(one.quadrants[0] for one in counsels)
    unknown = tuple(seat for seat in ordered if not seat.profile.known)
    return Advice(counsels, unknown, talk)


def by_strength(profile: Profile) -> tuple[str, ...]:
    """The quadrants that lead, the strongest first; all four where they are about even."""
    scores: Scores = profile.scores
    at = {quadrant: scores[index] for index, quadrant in enumerate(QUADRANTS)}
    return profile.leading or tuple(sorted(QUADRANTS, key=lambda quadrant: -at[quadrant]))


def lines(advice: Advice, words: Words, most: int = 6) -> list[tuple[str, str]]:
    """The advice in a few lines, each (what it is about, what to do)."""
    found: list[tuple[str, str]] = []
    if advice.talk is not None:
        found.append((words("advice.turns"), turns_told(advice, words)))
        found += [
            (words(f"advice.{part}"), getattr(advice.talk, part))
            for part in ("open", "middle", "close", "watch")
        ]
        found += gap_told(advice.counsels[0], words)
    elif advice.counsels:
        found += counsel_told(advice.counsels[0], words)
    if advice.unknown:  # that somebody is not known matters more than what stands last
        names = words("pictures.and").join(seat.profile.name for seat in advice.unknown)
        known = found[: most - 1]
        return [*known, (words("advice.unknown"), words("advice.watch_them", names=names))][:most]
    return found[:most]


def counsel_told(one: Counsel, words: Words) -> list[tuple[str, str]]:
    """What to bring, say, show and avoid before one of them, and the gap to our own way."""
    told = [(words(f"advice.{part}"), getattr(one, part)) for part in PARTS]
    return [*told, *gap_told(one, words)]


def gap_told(one: Counsel, words: Words) -> list[tuple[str, str]]:
    """`你 A，对方 C`, and what that asks for; nothing while we do not know ourselves."""
    if one.gap is None:
        return []
    ours, theirs = one.between
    return [(words("advice.between", ours=ours.upper(), theirs=theirs.upper()), one.gap.tell)]


def turns_told(advice: Advice, words: Words) -> str:
    """`C（王建国），再到 A（李梅）`."""
    return words("advice.then").join(
        words(
            "advice.turn",
            quadrant=quadrant.upper(),
            names=words("pictures.and").join(names),
        )
        for quadrant, names in advice.turns
    )


def grounds(profile: Profile, words: Words) -> str:
    """What a profile rests on: told by themselves, or seen, and how surely."""
    if not profile.known:
        return words("advice.grounds.none")
    if not profile.observed:
        return words("advice.grounds.self")
    sure = profile.confidence or 0.0
    level = "weak" if sure < FAIRLY_SURE else "fair" if sure < SURE else "strong"
    return words(f"advice.grounds.{level}")


def letters(profile: Profile) -> str:
    """The leading quadrants as capitals, the strongest first; '' where nothing is known."""
    return "".join(by_strength(profile)).upper() if profile.known else ""


def turn(seat: Seat) -> int:
    """Whose say weighs most comes first: 0 for the decision maker."""
    return ROLES.index(seat.role) if seat.role in ROLES else len(ROLES)


def _counsel(seat: Seat, brain: WholeBrain, ours: str) -> Counsel:
    quadrants = by_strength(seat.profile)
    bring, say, show, avoid = _told(quadrants, seat.role, brain)
    gap = brain.gap(ours, quadrants[0]) if ours else None
    between = (ours, quadrants[0])
    return Counsel(seat, quadrants, bring, say, show, avoid, gap, between)


def _told(quadrants: Sequence[str], role: str, brain: WholeBrain) -> list[str]:
    """Bring, say, show, avoid, shared out among the leading quadrants in their order."""
    said = []
    for at, part in enumerate(PARTS):
        quadrant = quadrants[at * len(quadrants) // len(PARTS)]
        text: str = getattr(brain.advice_for(quadrant, role), part)
        said.append(text)
    return said


def styles_at_table(facts: VisitFacts, words: Words, today: date) -> dict[str, tuple[str, ...]]:
    """Quadrant -> names of those who were met, else are expected, and whom it leads.

    The quadrant of whom weighs most comes first.
    """
    people = [person for person in facts.live_people if person.met] or facts.live_people
    seats = [seat(person, words, today) for person in people]
    found: dict[str, tuple[str, ...]] = {}
    for one in advise(seats, whole_brain(words.language)).counsels:
        quadrant = one.quadrants[0]
        found[quadrant] = (*found.get(quadrant, ()), one.seat.profile.name)
    return found
