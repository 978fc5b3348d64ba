"""The list of proposals at the left: the newest first, by their state, or searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from fieldsales.domain.money.proposal import STATES, WAITING, Proposal, is_expired
from fieldsales.screens.contract import Context
from fieldsales.screens.record_list import RecordList
from fieldsales.services.matching import Matcher
from fieldsales.store.queries.proposals import ProposalRow, proposals, totals_of
from fieldsales.store.search import fold
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import label
from fieldsales.words import Words

_ALL = "all"
_MOST_FOUND = 200
_MOST_SUMMED = 300  # all their lines are read
_TONES = {"draft": "plain", "final": "accent", "sent": "accent", "accepted": "good",
          "declined": "bad", "expired": "warn", "ordered": "good"}  # fmt: skip


class ProposalList(RecordList[ProposalRow]):
    """Search, states, and the list.

    Of each proposal the latest version is shown; by state every version that stands there.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context, "proposals")
        look, words = context.look, context.words
        self._lines: dict[int, ProposalRow] = {}
        self._latest: dict[str, ProposalRow] = {}  # by series
        self._totals: dict[str, int] = {}
        self.scopes = Picks(look, name=words("proposals.by_state"), clearable=False)
        self.scopes.set_key(_ALL)
        self.scopes.chosen.connect(self.reload)
        self.sum = label(look, size="caption", tone="muted", wrap=True)
        self.put(look, self.list, self.search, self.scopes, self.sum)

    def reload(self) -> None:
        """Reads the lines anew; nothing is chosen by that."""
        store = self._context.store
        rows = proposals(store)
        self._lines = {one.number: one for one in rows}
        self._latest = {}
        for one in rows:
            known = self._latest.get(one.proposal.series_id)
            if known is None or (one.proposal.version or 1) > (known.proposal.version or 1):
                self._latest[one.proposal.series_id] = one
        self._totals = {}
        counts = Counter(one.proposal.state for one in rows)
        words = self._context.words
        picks = [Pick(_ALL, words("proposals.all"), str(len(self._latest)))]
        picks += [Pick(key, words.choice("proposal_state", key), str(counts[key]))
                  for key in STATES if counts[key] or key == self.scopes.key]  # fmt: skip
        self.scopes.set_picks(picks)
        self.scopes.setVisible(len(picks) > 2)
        super().reload()
        self._tell_sum()

    def _tell_sum(self) -> None:
        """What the proposals of a state come to; of all, what those come to that wait for a yes."""
        words, state = self._context.words, self.scopes.key
        summed = [one.proposal for one in self.shown()]
        if state == _ALL:
            today = self._context.look.clock.today().isoformat()
            summed = [one for one in summed if one.state in WAITING and not is_expired(one, today)]
        self.sum.setVisible(0 < len(summed) <= _MOST_SUMMED)
        if not self.sum.isVisibleTo(self):
            return
        self._totals |= totals_of(self._context.store, summed)
        sums: Counter[str] = Counter()
        for one in summed:
            sums[one.currency] += self._totals.get(one.id, 0)
        told = [words.money(amount, currency) for currency, amount in sorted(sums.items())]
        key = "waiting_sum" if state == _ALL else "sum"
        self.sum.setText(words(f"proposals.{key}", n=len(summed), amount=" · ".join(told)))

    def show_all(self) -> None:
        self.scopes.set_key(_ALL)
        super().show_all()

    def any(self) -> bool:
        return bool(self._lines)

    def _numbers(self, sort: str, descending: bool) -> Sequence[int]:
        wanted = self.scopes.key
        passed = [
            one
            for one in self._lines.values()
            if one.proposal.state == wanted
            or (wanted == _ALL and self._latest[one.proposal.series_id] is one)
        ]
        asked = self.search.text().strip()
        if not asked:
            return [one.number for one in passed]
        texts = {
            str(one.number): [one.proposal.title, one.proposal.number, one.customer, one.deal]
            for one in passed
        }
        literal = [one.number for one in passed
                   if fold(asked) in fold(" ".join(texts[str(one.number)]))]  # fmt: skip
        alike = map(int, Matcher(texts).find(asked, _MOST_FOUND))
        return literal or list(alike)

    def _fetch(self, numbers: Sequence[int]) -> list[ProposalRow | None]:
        rows = [self._lines.get(number) for number in numbers]
        shown = [row.proposal for row in rows if row is not None]
        self._totals |= totals_of(self._context.store, shown)
        return rows

    def _key(self, row: ProposalRow) -> str:
        return row.proposal.id

    def _number(self, key: str) -> int | None:
        return next((n for n, one in self._lines.items() if one.proposal.id == key), None)

    def _face(self, row: ProposalRow) -> RowFace:
        words, one = self._context.words, row.proposal
        total = self._totals.get(one.id)
        until = date.fromisoformat(one.valid_until) if one.valid_until else None
        today = self._context.look.clock.today()
        late = is_expired(one, today.isoformat())
        chip = state_chip(words, one, today.isoformat())
        version = words("proposals.version", n=one.version) if (one.version or 1) > 1 else ""
        return RowFace(
            title=one.title,
            subtitle=" · ".join(filter(None, (row.customer, one.number, version))),
            aside=words.money(total, one.currency, cents=False) if total is not None else "",
            aside_role="ink-2",
            below=words("proposals.until", day=words.date(until, year=False)) if until else "",
            below_role="warn" if late else "ink-3",
            chips=(chip,),
        )


def state_chip(words: Words, proposal: Proposal, today: str) -> ChipFace:
    """The state; one that waits past its day says so."""
    if is_expired(proposal, today):
        return ChipFace(words("proposals.overdue"), "warn")
    return ChipFace(words.choice("proposal_state", proposal.state), _TONES[proposal.state])
