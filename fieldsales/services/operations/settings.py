"""Settings of this file, such as the letterhead."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries.links import setting_id


@dataclass(frozen=True)
class ChangeSetting(Operation):
    """Sets one setting to a JSON-able value."""

    name: str
    value: object

    @property
    def merge_key(self) -> str:
        return self.name

    def apply(self, writer: Writer) -> None:
        text = json.dumps(self.value, ensure_ascii=False)
        row_id = setting_id(writer.store, self.name)
        if row_id:
            writer.update("setting", row_id, {"value": text})
        else:
            writer.insert("setting", {"name": self.name, "value": text})
