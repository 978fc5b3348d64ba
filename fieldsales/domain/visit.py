"""A visit: planned to win an advance, run, and concluded with a verdict (M26, M29c)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from fieldsales.domain import fields as f
from fieldsales.domain.checklist import Filled
from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import Record
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.keeping import Attachment, Content
from fieldsales.domain.need import Need
from fieldsales.domain.own_entry import OwnEntry
from fieldsales.domain.preference import Preference
from fieldsales.domain.profile import Assessment, Clue
from fieldsales.domain.ranking import Told
from fieldsales.domain.satisfaction import Satisfaction
from fieldsales.domain.task import TITLE, Task
from fieldsales.domain.verdict import ADVANCES, Judgement, Outcome, judge
from fieldsales.domain.worksheet import Worksheet, WorksheetRow
from fieldsales.errors import FieldError

STATES = ("planned", "running", "concluded", "cancelled")
KINDS = ("field", "store", "online")
ITEM_KINDS = (
    "question",
    "material",
    "signal",
    "objection",
    "observation",
    "competitor",
    "closing",
)
WORKED = ("yes", "no")
SIGNAL_KINDS = ("speech", "gesture", "expression", "situation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    """One visit. `starts_at` is when it is planned for, or when it began once it has run.

    `amount` is an order's, in minor units of `currency`; `minutes` how long it took and `cost` what
    it cost us, in the usual currency (M33). `closing_step` is where the closing route stands
    (M29b), '' before it is begun.
    """

    customer_id: str = f.reference("customer", required=True, shown=False)
    deal_id: str | None = f.reference("deal")
    kind: str = f.choice("visit_kind", KINDS, default="field")
    state: str = f.choice("visit_state", STATES, default="planned", shown=False)
    starts_at: str = f.moment(required=True)
    minutes: int | None = f.integer(0, 7 * 24 * 60)
    cost: int | None = f.money()
    place: str = f.text(max_length=200)
    wanted_advance: str = f.choice("advance", ADVANCES)
    objective: str = f.text(max_length=500)
    note: str = f.note()
    ordered: int = f.flag()
    amount: int | None = f.money()
    currency: str = f.text(max_length=3)
    refused: int = f.flag()
    their_advance: str = f.choice("advance", ADVANCES)
    their_action: str = f.text(max_length=500)
    their_date: str | None = f.day()
    our_action: str = f.text(max_length=500)
    our_date: str | None = f.day()
    concluded_at: str | None = f.moment(shown=False)
    closing_step: str = f.text(max_length=40, shown=False)

    @property
    def outcome(self) -> Outcome:
        return Outcome(bool(self.ordered), bool(self.refused), self.their_action, self.their_date)

    @property
    def judgement(self) -> Judgement | None:
        """The verdict and its reason; None until the visit is concluded."""
        return judge(self.outcome) if self.state == "concluded" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPerson(Record):
    """Somebody of the customer who is expected at a visit, or was `met` there."""

    ALONE_BY: ClassVar[tuple[str, ...]] = ("visit_id", "contact_id")

    visit_id: str = f.reference("visit", required=True, shown=False)
    contact_id: str = f.reference("contact", required=True)
    met: int = f.flag()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitItem(Record):
    """A line prepared for a visit or captured in it; a question may be planned for a deal alone.

    `done` = asked, shown, heard or tried; `code` names an entry of a library or a kind of signal;
    `answer` is what came back: to a question or a closing technique, or ours to an objection.
    `need_id` is the need that an answer became. `style`: which ready answer was given, its key in
    `Objection.ready`; '' for one's own words. `signal`: code of the signal upon which a technique
    was tried. `worked`: whether an answer or a technique did.
    """

    visit_id: str | None = f.reference("visit", shown=False)
    deal_id: str | None = f.reference("deal", shown=False)
    kind: str = f.choice("visit_item_kind", ITEM_KINDS, default="question")
    code: str = f.text(max_length=80, shown=False)
    text: str = f.text(required=True, max_length=500)
    done: int = f.flag()
    answer: str = f.text(max_length=1_000)
    position: int | None = f.integer(0, shown=False)
    need_id: str | None = f.reference("need", shown=False)
    style: str = f.text(max_length=40, shown=False)
    signal: str = f.text(max_length=80, shown=False)
    worked: str = f.choice("worked", WORKED)

    def check(self, changed: Collection[str]) -> None:  # noqa: ARG002 - it holds whatever changed
        """A line stands in a visit, or is planned for a deal."""
        if not (self.visit_id or self.deal_id):
            raise FieldError("field.required", "visit_id")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as a visit's papers need them; roles are codes of M16/M17.

    `last_met` is an ISO day. Influence, attitude and how they think never leave the house.
    """

    contact: Contact
    met: bool = False
    roles: tuple[str, ...] = ()
    influence: int | None = None
    attitude: int | None = None
    last_met: str | None = None
    needs: tuple[Need, ...] = ()
    assessment: Assessment | None = None  # the newest one that is finished
    clues: tuple[Clue, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """What is ready to be said in a visit, for the papers about it.

    `sheet` with its `rows`: the pitch for this conversation; `needs`: all that the customer voiced;
    `own`: the rep's entries of the library; `expected`: objections that were heard before and did
    not go away; `technique`: code of what closes best where the deal stands, '' while nothing does.
    """

    sheet: Worksheet | None = None
    rows: tuple[WorksheetRow, ...] = ()
    needs: tuple[Need, ...] = ()
    own: tuple[OwnEntry, ...] = ()
    expected: tuple[VisitItem, ...] = ()
    tallies: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    technique: str = ""
    filled: tuple[Filled, ...] = ()  # checklists about the visit


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """All that the visit page, the brief and the visit report say of one visit.

    `promises`: open promises of either party from before this visit; `follow_ups`: tasks that came
    out of it; `earlier`: visits before it, newest first; `stages`: stage -> its word, as
    `words.choice` takes it; `photos`: (attachment, its content); `own`: our newest finished
    self-assessment; `preferences`: what to bear in mind of those expected and of the house.
    """

    visit: Visit
    customer: Customer
    deal: Deal | None = None
    people: tuple[PersonFacts, ...] = ()
    items: tuple[VisitItem, ...] = ()
    needs: tuple[Need, ...] = ()  # voiced in this visit
    known_needs: tuple[Need, ...] = ()  # voiced before
    promises: tuple[Task, ...] = ()
    follow_ups: tuple[Task, ...] = ()
    earlier: tuple[Visit, ...] = ()
    open_deals: tuple[Deal, ...] = ()
    complaints: tuple[Interaction, ...] = ()
    satisfaction: Satisfaction | None = None  # what was scored in it (M35)
    stages: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    photos: tuple[tuple[Attachment, Content], ...] = ()
    visit_number: int = 1  # 'the seventh visit' (M44)
    own: Assessment | None = None
    preferences: tuple[Preference, ...] = ()
    talk: Talk = Talk()  # gathered for papers alone

    @property
    def live_people(self) -> tuple[PersonFacts, ...]:
        """Without those in the trash, of whom nothing is asked or advised any more."""
        return tuple(person for person in self.people if not person.contact.trashed_at)

    @property
    def met_at_the_end(self) -> tuple[Contact, ...]:
        """Who counts as met once it is concluded: those ticked.

        A plan that was never begun and has nobody ticked was held with all who were expected.
        """
        met = tuple(person.contact for person in self.people if person.met)
        if met or self.visit.state != "planned":
            return met
        return tuple(person.contact for person in self.people)

    @property
    def our_task(self) -> Task | None:
        """The task that our action became; a promise where the customer was told of it."""
        return task_of(
            self.follow_ups, "us", self.visit.our_action, sole=self.visit.state == "concluded"
        )

    @property
    def told_of_ours(self) -> bool:
        """Whether the customer may read what we will do."""
        return self.our_task is not None and self.our_task.kind == "promise"

    def items_of(self, kind: str) -> tuple[VisitItem, ...]:
        return tuple(item for item in self.items if item.kind == kind)


def task_of(tasks: Iterable[Task], party: str, action: str, *, sole: bool) -> Task | None:
    """The task that an action became: the one of its words, or if `sole` the only one there is."""
    if not action:
        return None
    theirs = [task for task in tasks if task.party == party]
    same = [task for task in theirs if task.title == action[:TITLE].strip()]
    if same:
        return same[0]
    return theirs[0] if sole and len(theirs) == 1 else None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The sender on a paper; `logo` is a picture file's bytes."""

    company: str = ""
    address: str = ""
    phone: str = ""
    seller: str = ""
    logo: bytes = field(default=b"", repr=False)
