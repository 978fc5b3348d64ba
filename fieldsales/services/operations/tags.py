"""Sticking tags on customers and taking them off."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.fields import clean_text
from fieldsales.errors import UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import links


@dataclass(frozen=True)
class TagCustomers(Operation):
    """Adds and removes tags, named by their words, on many customers at once."""

    customer_ids: tuple[str, ...]
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def apply(self, writer: Writer) -> None:
        if not self.customer_ids:
            raise UserError("record.none_selected")
        for word in self.add:
            name = clean_text(word)
            if not name:
                raise UserError("tag.empty")
            tag_id = links.tag_id(writer.store, name) or writer.insert("tag", {"name": name})
            tagged = links.taggings(writer.store, tag_id)
            for customer_id in self.customer_ids:
                if customer_id not in tagged:
                    writer.insert("tagging", {"tag_id": tag_id, "customer_id": customer_id})
        for word in self.remove:
            known = links.tag_id(writer.store, clean_text(word))
            tagged = links.taggings(writer.store, known) if known else {}
            for customer_id in self.customer_ids:
                if customer_id in tagged:
                    writer.delete("tagging", tagged[customer_id])
