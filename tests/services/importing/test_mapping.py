"""A row's cells find their way into the fields of its columns."""

from __future__ import annotations

from fieldsales.services.importing.mapping import ColumnMap


def test_several_columns_make_one_field() -> None:
    columns = ColumnMap(
        ("name.given", "name.family", "phone", "phone", "address", "address.city", "note", "note")
    )
    fill = columns.filler()
    assert fill(("伟", "张", "010-1", "", "中山路1号", "广州市", "一", "二")) == {
        "name": "张伟",
        "phone": "010-1",
        "address": "广州市中山路1号",
        "note": "一\n二",
    }
    assert fill(("John", "Smith", "1", "2", "1 Main St", "NY", "", "")) == {
        "name": "John Smith",
        "phone": "1 / 2",
        "address": "1 Main St, NY",
    }
    assert columns.fields == {"name", "phone", "address", "note"}
    assert columns.column("address") == 4
