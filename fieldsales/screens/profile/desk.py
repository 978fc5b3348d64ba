"""Whose profile is shown, and what its parts share of it."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.profile import Assessment
from fieldsales.errors import UserError
from fieldsales.methods.whole_brain.content import WholeBrain, whole_brain
from fieldsales.methods.whole_brain.profiles import Profile
from fieldsales.methods.whole_brain.told import best_profile, grounds, seen_profile, told_profile
from fieldsales.screens.contract import Context
from fieldsales.store.queries import people
from fieldsales.store.queries.thinkers import Thinker


class Desk:
    """One profile is open on it: a contact's, or the rep's without one."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.look = context.look
        self.words = context.words
        self.facts = people.Profile(None)
        self.own = people.Profile(None)  # the rep's
        self.customer: Customer | None = None
        self.roles: tuple[str, ...] = ()  # the buying roles they hold

    @cached_property
    def brain(self) -> WholeBrain:
        return whole_brain(self.words.language)

    @property
    def today(self) -> date:
        return self.look.clock.today()

    @property
    def contact(self) -> Contact | None:
        return self.facts.contact

    @property
    def contact_id(self) -> str | None:
        return self.contact.id if self.contact is not None else None

    def open(self, contact_id: str | None) -> bool:
        """Reads a profile; False if the contact is gone, and nothing changes."""
        store = self.context.store
        try:
            with store.reading():
                facts = people.profile(store, contact_id)
                self.own = facts if contact_id is None else people.profile(store, None)
                held = people.person(store, contact_id).roles if contact_id is not None else ()
        except UserError:
            return False
        self.facts = facts
        self.roles = tuple(dict.fromkeys(role.role for role in held))
        customer_id = facts.contact.customer_id if facts.contact is not None else None
        self.customer = store.record(Customer, customer_id) if customer_id else None
        return True

    # profiles as the pictures want them

    @property
    def name(self) -> str:
        return self.contact.name if self.contact is not None else self.words("profile.me")

    def told(self, assessment: Assessment) -> Profile:
        """A self-assessment of whoever is shown."""
        return told_profile(self.name, assessment, self.brain, self.words)

    @property
    def newest(self) -> Profile | None:
        """The self-assessment finished last."""
        done = self.facts.assessments
        return self.told(done[0]) if done else None

    @property
    def seen(self) -> Profile:
        return seen_profile(self.name, self.facts.clues, self.brain, self.today)

    @property
    def best(self) -> Profile:
        """What is known best: told before seen."""
        return self.newest or self.seen

    @property
    def seller(self) -> Profile | None:
        """The rep's own, if there is one."""
        done, words = self.own.assessments, self.words
        return told_profile(words("profile.me"), done[0], self.brain, words) if done else None

    @property
    def grounds(self) -> str:
        return grounds(self.facts.clues, self.brain, self.today, self.words)

    def profile_of(self, one: Thinker) -> Profile:
        """Of anybody in the list; its key says who it is."""
        name = one.contact.name if one.contact is not None else self.words("profile.me")
        return best_profile(
            name,
            one.assessment,
            one.clues,
            self.brain,
            self.words,
            self.today,
            key=str(one.number),
        )
