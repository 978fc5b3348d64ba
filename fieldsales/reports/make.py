"""One paper from a record's id: gathers the facts, builds the PDF and names the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.file_name import fitting
from fieldsales.domain.visit import Letterhead
from fieldsales.errors import UserError
from fieldsales.reports.document import Document, render
from fieldsales.reports.documents import Audience, Kind, Subject, admitted
from fieldsales.reports.paper import A4, SHEETS, Paper, filed
from fieldsales.store.database import Store
from fieldsales.store.merging import kept
from fieldsales.store.queries.papers import letterhead
from fieldsales.store.queries.settings import setting
from fieldsales.words import Words


@dataclass(frozen=True, slots=True)
class Made:
    """A finished PDF and where it belongs."""

    pdf: bytes
    file_name: str
    kind: str
    subject: Subject

    @property
    def customer_id(self) -> str:
        return self.subject.customer_id

    @property
    def visit_id(self) -> str:
        return self.subject.visit_id

    @property
    def deal_id(self) -> str:
        return self.subject.deal_id


def make(store: Store, code: str, row_id: str, words: Words, audience: Audience) -> Made:
    """The paper of a kind about a record, or about the `latest` one.

    Raises UserError if the kind or the record is unknown, the paper is not for this audience, or
    the font lacks a character.
    """
    paper = admitted(code, audience)
    facts = paper.gather(store, paper.latest(store) if row_id == "latest" else kept(store, row_id))
    subject = paper.subject(facts)
    today, head = store.clock.today(), sender(store)
    document = paper.compose(facts, words, audience, head, today)
    pdf = render([document], head, today, sheet(store))
    return Made(
        pdf, file_name("-".join(_named(document, paper, audience, subject, today))), code, subject
    )


def _named(
    document: Document, paper: Kind, audience: Audience, subject: Subject, today: date
) -> list[str]:
    """What is in its file name; our own copy is not to be taken for the one they get."""
    named = [document.name, document.title]
    day = (subject.day or today).isoformat()
    if day not in document.title:
        named.append(day)
    if audience == "internal" and "customer" in paper.AUDIENCES:
        named.append(document.words("report.internal_file"))
    return named


def sender(store: Store) -> Letterhead:
    """The letterhead with its logo; a logo that is gone is left out."""
    sha256 = str(setting(store, "letterhead.logo", ""))
    try:
        logo = store.kept.read(sha256) if sha256 else b""
    except UserError:
        logo = b""
    return letterhead(store, logo)


def sheet(store: Store) -> Paper:
    """The sheet that papers are made for, as the settings have it: A4, nothing kept for holes."""
    chosen = SHEETS.get(str(setting(store, "paper.size", "")), A4)
    return filed(chosen) if setting(store, "paper.margin", "") == "filed" else chosen


def file_name(name: str) -> str:
    """A name that every file system takes, with `.pdf`; Chinese stays as it is."""
    cleaned = fitting(name)
    if not cleaned:
        raise UserError("report.no_name")
    return fitting(f"{cleaned}.pdf")
