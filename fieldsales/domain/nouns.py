"""The catalogue of nouns: a table's name and the record it holds.

To add one: a frozen dataclass derived from `Record` in the module of its topic, a line here, and a
migration that makes its table.
"""

from __future__ import annotations

from fieldsales.domain.contact import BuyingRole, Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal, DealMember, DealTagging, FactorRating
from fieldsales.domain.fields import Record
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.keeping import Attachment, SavedFilter, Setting, Tag, Tagging
from fieldsales.domain.need import Need, NeedRating
from fieldsales.domain.pipeline import Pipeline, Stage, StageChange
from fieldsales.domain.profile import Assessment, Clue
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit, VisitItem, VisitPerson

NOUNS: dict[str, type[Record]] = {
    "customer": Customer,
    "contact": Contact,
    "buying_role": BuyingRole,
    "pipeline": Pipeline,
    "stage": Stage,
    "deal": Deal,
    "stage_change": StageChange,
    "deal_member": DealMember,
    "factor_rating": FactorRating,
    "visit": Visit,
    "visit_person": VisitPerson,
    "visit_item": VisitItem,
    "need": Need,
    "need_rating": NeedRating,
    "assessment": Assessment,
    "clue": Clue,
    "task": Task,
    "interaction": Interaction,
    "tag": Tag,
    "tagging": Tagging,
    "deal_tagging": DealTagging,
    "attachment": Attachment,
    "setting": Setting,
    "saved_filter": SavedFilter,
}
