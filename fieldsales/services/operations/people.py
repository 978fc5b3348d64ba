"""What the rep tells of people: self-assessments, clues, ratings, the organisation chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from fieldsales.domain.clock import local_day
from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.ids import new_id
from fieldsales.domain.need import ORGANISATION_NEEDS, PERSONAL_NEEDS
from fieldsales.domain.organisation import makes_circle
from fieldsales.domain.profile import SHEETS, Assessment, Clue
from fieldsales.domain.visit import Visit
from fieldsales.domain.whole_brain import PICKS, wanting
from fieldsales.errors import FieldError, UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import links


@dataclass(frozen=True)
class StartAssessment(Operation):
    """Begins a self-assessment of a contact, or of the rep without one (M21).

    One that was begun before is taken up again instead: it is refused then.
    """

    contact_id: str | None = None
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        if self.contact_id is not None:
            _require_person(writer, self.contact_id)
        if links.open_assessment(writer.store, self.contact_id) is not None:
            raise UserError("assessment.begun_already")
        writer.insert("assessment", {"contact_id": self.contact_id}, self.row_id)


@dataclass(frozen=True)
class PickItem(Operation):
    """Picks an item of a sheet; how many it may be is asked when it is finished."""

    assessment_id: str
    sheet: str
    code: str

    def apply(self, writer: Writer) -> None:
        _set_picks(writer, self.assessment_id, self.sheet, add=self.code)


@dataclass(frozen=True)
class UnpickItem(Operation):
    """Takes a pick back."""

    assessment_id: str
    sheet: str
    code: str

    def apply(self, writer: Writer) -> None:
        _set_picks(writer, self.assessment_id, self.sheet, drop=self.code)


@dataclass(frozen=True)
class FinishAssessment(Operation):
    """Closes a self-assessment; refused unless each sheet holds exactly eight picks."""

    assessment_id: str

    def apply(self, writer: Writer) -> None:
        assessment = _require_open(writer, self.assessment_id)
        for sheet, count in wanting(assessment).items():
            code = "assessment.too_few" if count > 0 else "assessment.too_many"
            raise UserError(code, sheet=SHEETS.index(sheet) + 1, n=abs(count), picks=PICKS)
        stamp = writer.store.clock.stamp()
        writer.update("assessment", self.assessment_id, {"finished_at": stamp})


@dataclass(frozen=True)
class TickClue(Operation):
    """Notes that a clue was seen in a person, in a visit or on a day (M21, M29e).

    Seen again in the same visit, or on the same day without one, it is the same sighting.
    """

    contact_id: str
    code: str
    visit_id: str | None = None
    seen_on: str | None = None
    source: str = "met"
    note: str = ""
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        _require_person(writer, self.contact_id)
        day = self.seen_on or writer.store.clock.today().isoformat()
        if self.visit_id is not None:
            day = local_day(writer.require(Visit, self.visit_id).starts_at).isoformat()
        values = {
            "contact_id": self.contact_id,
            "visit_id": self.visit_id,
            "code": self.code,
            "seen_on": day,
            "source": self.source,
            "note": self.note,
        }
        known = links.clue_id(writer.store, self.contact_id, self.code, self.visit_id, day)
        if known:
            told = {"source": self.source, "note": self.note} if self.note else {}
            writer.update("clue", known, told)
        else:
            writer.insert("clue", values, self.row_id)


@dataclass(frozen=True)
class UntickClue(Operation):
    """Takes one sighting of a clue back."""

    clue_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(Clue, self.clue_id)
        writer.delete("clue", self.clue_id)


@dataclass(frozen=True)
class RateNeed(Operation):
    """Says how far a need is met, today unless a day is given (M18, M19).

    `rating` 1 … 5, None for unknown. What was said of the same need on that day is corrected;
    earlier ratings are kept.
    """

    customer_id: str
    category: str
    rating: int | None
    contact_id: str | None = None
    evidence: str = ""
    rated_on: str | None = None
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Customer, self.customer_id)
        allowed = ORGANISATION_NEEDS if self.contact_id is None else PERSONAL_NEEDS
        if self.category not in allowed:
            raise FieldError("field.unknown_choice", "category", value=self.category)
        if self.contact_id is not None:
            contact = _require_person(writer, self.contact_id)
            if contact.customer_id != self.customer_id:
                raise UserError("visit.other_customer")
        day = self.rated_on or writer.store.clock.today().isoformat()
        values = {
            "customer_id": self.customer_id,
            "contact_id": self.contact_id,
            "category": self.category,
            "rating": self.rating,
            "evidence": self.evidence,
            "rated_on": day,
        }
        known = links.need_rating_id(
            writer.store, self.customer_id, self.contact_id, self.category, day
        )
        if known:
            writer.update("need_rating", known, values)
        else:
            writer.insert("need_rating", values, self.row_id)


@dataclass(frozen=True)
class RateFactor(Operation):
    """Rates one purchase factor of a deal, ours and a rival's, 1 … 5 each (M24).

    There is one rating for each rival; ours is the same in all of them.
    """

    deal_id: str
    factor: str
    ours: int | None = None
    rival: str = ""
    theirs: int | None = None
    evidence: str = ""
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Deal, self.deal_id)
        values = {
            "deal_id": self.deal_id,
            "factor": self.factor,
            "ours": self.ours,
            "rival": self.rival,
            "theirs": self.theirs,
            "evidence": self.evidence,
        }
        known = links.factor_rating_ids(writer.store, self.deal_id, self.factor)
        for rival, row_id in known.items():
            if rival != self.rival:
                writer.update("factor_rating", row_id, {"ours": self.ours})
        if self.rival in known:
            writer.update("factor_rating", known[self.rival], values)
        else:
            writer.insert("factor_rating", values, self.row_id)


@dataclass(frozen=True)
class WorkOnFactor(Operation):
    """Makes the weakest factor of a deal a task: the next work on it (M24)."""

    deal_id: str
    title: str
    due: str | None = None
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        deal = writer.require(Deal, self.deal_id)
        if links.has_open_task(writer.store, self.deal_id, self.title):
            raise UserError("factor.task_already")
        values = {
            "title": self.title,
            "kind": "prepare",
            "due": self.due,
            "deal_id": deal.id,
            "customer_id": deal.customer_id,
        }
        writer.insert("task", values, self.row_id)


@dataclass(frozen=True)
class MoveInChart(Operation):
    """Puts somebody, with all below them, under another superior; None: to the top (M15)."""

    contact_id: str
    reports_to_id: str | None

    def apply(self, writer: Writer) -> None:
        moved = writer.require(Contact, self.contact_id)
        if self.reports_to_id is not None:
            above = writer.require(Contact, self.reports_to_id)
            if above.customer_id != moved.customer_id:
                raise UserError("chart.other_customer", name=above.name)
            known = links.superiors(writer.store, moved.customer_id)
            if makes_circle(moved.id, above.id, known):
                code = "chart.own_superior" if above.id == moved.id else "chart.circle"
                raise UserError(code, name=moved.name, above=above.name)
        writer.update("contact", self.contact_id, {"reports_to_id": self.reports_to_id})


@dataclass(frozen=True)
class AddVacantPost(Operation):
    """Draws a post that nobody holds; `title` names it (M15)."""

    customer_id: str
    title: str
    department: str = ""
    level: str = ""
    reports_to_id: str | None = None
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Customer, self.customer_id)
        post = Contact(
            name=self.title,
            title=self.title,
            department=self.department,
            level=self.level,
            reports_to_id=self.reports_to_id,
        )
        _insert_post(writer, post, self.customer_id, self.row_id)


@dataclass(frozen=True)
class LeavePost(Operation):
    """Somebody has left: their post stays, vacant, with those who report to it.

    The person stays a contact, without a place in the chart and without their buying roles.
    """

    contact_id: str
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        person = _require_person(writer, self.contact_id)
        if person.customer_id is None:
            raise UserError("record.gone")
        post = replace(person, name=person.title or person.department or person.name)
        _insert_post(writer, post, person.customer_id, self.row_id)
        for row_id, above in links.superiors(writer.store, person.customer_id).items():
            if above == person.id:
                writer.update("contact", row_id, {"reports_to_id": self.row_id})
        left = {"reports_to_id": None, "title": "", "department": "", "level": ""}
        writer.update("contact", person.id, left)
        stamp = writer.store.clock.stamp()
        writer.set_trashed(
            "buying_role", links.roles_of_contact(writer.store, person.id, None), stamp
        )


@dataclass(frozen=True)
class FillPost(Operation):
    """Somebody has come: a vacant post becomes a person of this name."""

    contact_id: str
    name: str

    def apply(self, writer: Writer) -> None:
        if not writer.require(Contact, self.contact_id).vacant:
            raise UserError("chart.not_vacant")
        writer.update("contact", self.contact_id, {"name": self.name, "vacant": 0})


@dataclass(frozen=True)
class TakePost(Operation):
    """Somebody of the house takes a vacant post, with those who report to it; the post goes."""

    contact_id: str
    post_id: str

    def apply(self, writer: Writer) -> None:
        person = _require_person(writer, self.contact_id)
        post = writer.require(Contact, self.post_id)
        if not post.vacant:
            raise UserError("chart.not_vacant")
        if post.customer_id != person.customer_id:
            raise UserError("chart.other_customer", name=person.name)
        above = links.superiors(writer.store, post.customer_id)
        superior = post.reports_to_id
        if makes_circle(person.id, superior, above):
            superior = person.reports_to_id  # who stood above the post stays below their own
        for row_id, leader in above.items():
            if leader == post.id and row_id != person.id:
                writer.update("contact", row_id, {"reports_to_id": person.id})
        values = {
            "reports_to_id": superior,
            "title": post.title or post.name,
            "department": post.department or person.department,
            "level": post.level or person.level,
        }
        writer.update("contact", person.id, values)
        writer.set_trashed("contact", [post.id], writer.store.clock.stamp())


def _require_person(writer: Writer, contact_id: str) -> Contact:
    contact = writer.require(Contact, contact_id)
    if contact.vacant:
        raise UserError("chart.nobody_there", name=contact.name)
    return contact


def _require_open(writer: Writer, assessment_id: str) -> Assessment:
    assessment = writer.require(Assessment, assessment_id)
    if assessment.finished_at:
        raise UserError("assessment.finished")
    return assessment


def _set_picks(
    writer: Writer, assessment_id: str, sheet: str, *, add: str = "", drop: str = ""
) -> None:
    if sheet not in SHEETS:
        raise ValueError(sheet)
    codes: Iterable[str] = _require_open(writer, assessment_id).picks(sheet)
    kept = dict.fromkeys(code for code in (*codes, add) if code and code != drop)
    writer.update("assessment", assessment_id, {sheet: " ".join(kept)})


def _insert_post(writer: Writer, post: Contact, customer_id: str, row_id: str) -> None:
    if post.reports_to_id is not None:
        above = writer.require(Contact, post.reports_to_id)
        if above.customer_id != customer_id:
            raise UserError("chart.other_customer", name=above.name)
    values = {
        "name": post.name,
        "customer_id": customer_id,
        "title": post.title,
        "department": post.department,
        "level": post.level,
        "reports_to_id": post.reports_to_id,
        "vacant": 1,
    }
    writer.insert("contact", values, row_id)
