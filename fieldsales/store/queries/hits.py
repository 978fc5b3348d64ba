"""What a search found, with the words by which a rep knows it."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.store import search
from fieldsales.store.database import Store

_TITLES = {
    "customer": "SELECT name, region, phone FROM customer WHERE id = ?",
    "contact": "SELECT p.name, coalesce(c.name, ''), p.title FROM contact p"
    " LEFT JOIN customer c ON c.id = p.customer_id WHERE p.id = ?",
    "deal": "SELECT d.title, c.name, coalesce(nullif(s.name, ''), s.id) FROM deal d"
    " JOIN customer c ON c.id = d.customer_id JOIN stage s ON s.id = d.stage WHERE d.id = ?",
    "visit": "SELECT c.name, date(v.starts_at, 'localtime'),"
    " coalesce(nullif(v.objective, ''), nullif(v.their_action, ''), v.note) FROM visit v"
    " JOIN customer c ON c.id = v.customer_id WHERE v.id = ?",
    "product": "SELECT name, code, coalesce(nullif(life_stage, ''), digest) FROM product"
    " WHERE id = ?",
    "worksheet": "SELECT w.title, coalesce(c.name, ''), w.product_name FROM worksheet w"
    " LEFT JOIN customer c ON c.id = w.customer_id WHERE w.id = ?",
    "own_entry": "SELECT title, '', replace(answer, char(10), ' ') FROM own_entry WHERE id = ?",
    "checklist": "SELECT title, '', '' FROM checklist WHERE id = ?",
    "checklist_result": "SELECT r.title, coalesce(c.name, r.subject), coalesce(r.filled_on, '')"
    " FROM checklist_result r LEFT JOIN customer c ON c.id = r.customer_id WHERE r.id = ?",
    "preference": "SELECT n.text, coalesce(p.name, ''), c.name FROM preference n"
    " JOIN customer c ON c.id = n.customer_id LEFT JOIN contact p ON p.id = n.contact_id"
    " WHERE n.id = ?",
    "interaction": "SELECT c.name, date(i.at, 'localtime'), replace(i.text, char(10), ' ')"
    " FROM interaction i JOIN customer c ON c.id = i.customer_id WHERE i.id = ?",
    "attachment": "SELECT a.name, coalesce(c.name, p.name, ''), date(a.created_at, 'localtime')"
    " FROM attachment a LEFT JOIN customer c ON c.id = a.customer_id"
    " LEFT JOIN product p ON p.id = a.product_id WHERE a.id = ?",
    "campaign": "SELECT name, '', replace(text, char(10), ' ') FROM campaign WHERE id = ?",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; `context` and `detail` tell two of the same name apart."""

    kind: str
    id: str
    customer_id: str
    title: str
    context: str
    detail: str


def hits(store: Store, text: str, limit: int = 50) -> list[Hit]:
    """What matches, best first."""
    found = []
    with store.reading() as connection:
        for hit in search.search(connection, text, limit):
            for title, context, detail in store.rows(_TITLES[hit.noun], [hit.row_id]):
                customer = hit.customer_id or ""
                found.append(Hit(hit.noun, hit.row_id, customer, title, context, detail))
    return found


_NUMBERS = {
    "customer": "SELECT phone FROM customer WHERE id = ?",
    "contact": "SELECT mobile, phone FROM contact WHERE id = ?",
}


def phone(store: Store, hit: Hit, digits: str) -> str:
    """The number of a customer or a person that holds these digits, as it is kept; '' for none."""
    for numbers in store.rows(_NUMBERS[hit.kind], [hit.id]) if hit.kind in _NUMBERS else ():
        for number in numbers:
            if digits in "".join(filter(str.isdecimal, number)):
                return str(number)
    return ""
