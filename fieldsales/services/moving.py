"""What a change of stage asks for, told before it is made; the one rule of every way to move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldsales.domain.deal import Deal
from fieldsales.domain.pipeline import LOST, WON, Pipelines, Stage
from fieldsales.domain.stage_evidence import Evidence, EvidenceFacts, missing, order_of
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries.deal_facts import evidence_facts
from fieldsales.store.queries.pipelines import pipelines

REASON, LOSS, ORDER = "reason", "loss", "order"
ASKS = (REASON, LOSS, ORDER)


@dataclass(frozen=True, slots=True)
class Order:
    """What a won deal brought: minor units of the deal's currency, and an ISO day."""

    amount: int | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a change of stage was told.

    `reason`: why it goes on although evidence is missing; kept with the change in any case.
    `orders` by deal; a deal that is not among them keeps what it already knows of its order.
    """

    reason: str = ""
    lost_reason: str = ""
    lost_rival: str = ""
    orders: Mapping[str, Order] | None = None

    def order(self, deal: Deal) -> Order:
        """The order of a deal, as answered or as the deal has it."""
        given = (self.orders or {}).get(deal.id, Order())
        return Order(
            given.amount if given.amount is not None else deal.order_amount,
            given.day or deal.ordered_on,
        )


NO_ANSWERS = Answers()


@dataclass(frozen=True, slots=True)
class DealCheck:
    """What one deal's move asks for; `proposed` is what is on record of its order."""

    deal: Deal
    missing: tuple[tuple[Stage, Evidence], ...] = ()
    proposed: Order | None = None


@dataclass(frozen=True, slots=True)
class MoveCheck:
    """What moving deals to a stage asks for.

    `moving`: the deals that would move; `staying`: ids of those that stand there already; `gone`:
    ids of those that are in the trash, or whose customer is.
    """

    stage: Stage
    moving: tuple[DealCheck, ...]
    staying: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def asks(self) -> tuple[str, ...]:
        """Which questions there are: REASON, LOSS, ORDER."""
        wanted = {
            REASON: any(one.missing for one in self.moving),
            LOSS: self.stage.id == LOST and bool(self.moving),
            ORDER: self.stage.id == WON and bool(self.moving),
        }
        return tuple(ask for ask in ASKS if wanted[ask])

    def unanswered(self, answers: Answers) -> tuple[str, ...]:
        """The questions that are still open."""
        open_questions = []
        for ask in self.asks:
            if ask == REASON:
                answered = bool(answers.reason.strip())
            elif ask == LOSS:
                answered = bool(answers.lost_reason and answers.lost_rival.strip())
            else:
                orders = [answers.order(one.deal) for one in self.moving]
                answered = all(order.amount and order.day for order in orders)
            if not answered:
                open_questions.append(ask)
        return tuple(open_questions)


class MoveRefused(UserError):
    """Deals were not moved because questions are open: `unanswered`, all of `check.asks`."""

    def __init__(self, check: MoveCheck, unanswered: Sequence[str]) -> None:
        super().__init__(f"deal.move_needs_{unanswered[0]}", n=len(check.moving))
        self.check = check
        self.unanswered = tuple(unanswered)


def check_move(store: Store, deal_ids: Sequence[str], stage_id: str) -> MoveCheck:
    """What a move would ask; raises UserError("stage.gone") if there is no such stage any more."""
    return check_with(pipelines(store), store, deal_ids, stage_id)


def check_with(known: Pipelines, store: Store, deal_ids: Sequence[str], stage_id: str) -> MoveCheck:
    """As `check_move`, with the pipelines already at hand."""
    stage = known.stage(stage_id)
    if stage is None or stage.trashed_at:
        raise UserError("stage.gone")
    wanted = tuple(dict.fromkeys(deal_ids))
    facts = evidence_facts(store, wanted)
    moving: list[DealCheck] = []
    staying: list[str] = []
    for row_id in wanted:
        if row_id not in facts:
            continue
        if facts[row_id].deal.stage == stage_id:
            staying.append(row_id)
        else:
            moving.append(_check(known, facts[row_id], stage))
    gone = tuple(row_id for row_id in wanted if row_id not in facts)
    return MoveCheck(stage, tuple(moving), tuple(staying), gone)


def _check(known: Pipelines, facts: EvidenceFacts, stage: Stage) -> DealCheck:
    deal = facts.deal
    gates = known.gates(deal.stage, stage.id, deal.pipeline_id)
    lacking = missing(gates, facts)
    if stage.id != WON:
        return DealCheck(deal, lacking)
    # the order is asked for anyway, with its amount and its day
    lacking = tuple(pair for pair in lacking if pair[1].code != "order")
    amount, currency, day = order_of(facts) or (None, deal.currency, "")
    if amount is None or currency != deal.currency:
        return DealCheck(deal, lacking, Order(deal.amount))
    return DealCheck(deal, lacking, Order(amount, day or None))
