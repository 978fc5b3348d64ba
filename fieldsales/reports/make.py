"""One paper from a record's id: gathers the facts, builds the PDF and names the file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fieldsales import places
from fieldsales.domain.clock import local_day
from fieldsales.domain.visit import Letterhead
from fieldsales.errors import UserError
from fieldsales.reports.document import render
from fieldsales.reports.documents import Audience, kind
from fieldsales.store.database import Store
from fieldsales.store.queries.papers import latest_visit, letterhead
from fieldsales.store.queries.settings import setting
from fieldsales.store.queries.visits import visit_facts
from fieldsales.words import Words

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class Made:
    """A finished PDF and where it belongs."""

    pdf: bytes
    file_name: str
    kind: str
    visit_id: str
    customer_id: str


def make(store: Store, code: str, row_id: str, words: Words, audience: Audience) -> Made:
    """The paper of a kind about a visit, or about the `latest` one.

    Raises UserError if the kind or the visit is unknown, or the font lacks a character.
    """
    paper = kind(code)
    if row_id == "latest":
        row_id = latest_visit(store, planned=code == "brief")
    facts = visit_facts(store, row_id)
    today, head = store.clock.today(), sender(store)
    document = paper.compose(facts, words, audience, head, today)
    pdf = render([document], head, today)
    day = local_day(facts.visit.starts_at).isoformat()
    name = file_name(f"{document.name}-{facts.customer.name}-{day}")
    return Made(pdf, name, code, row_id, facts.customer.id)


def sender(store: Store) -> Letterhead:
    """The letterhead with its logo; a logo that is gone is left out."""
    sha256 = str(setting(store, "letterhead.logo", ""))
    try:
        logo = places.kept_file(store.path, sha256).read_bytes() if sha256 else b""
    except OSError:
        logo = b""
    return letterhead(store, logo)


def file_name(name: str) -> str:
    """A name that every file system takes, with `.pdf`; Chinese stays as it is."""
    cleaned = _FORBIDDEN.sub(" ", name).strip(" .")
    if not cleaned:
        raise UserError("report.no_name")
    while len(cleaned.encode()) > 200:  # file systems count bytes
        cleaned = cleaned[:-1]
    return f"{cleaned}.pdf"
