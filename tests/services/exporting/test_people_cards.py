"""People go out as cards that the import reads back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from fieldsales.domain.fields import clean_text
from fieldsales.services.checkup import findings
from fieldsales.services.exporting.people_cards import cards
from fieldsales.services.importing import importer
from fieldsales.services.importing.reading import read
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.search.folding import fold
from tests.naughty import HOSTILE, SPOILT
from tests.workspaces import Add


def test_cards_are_read_back(workspace: Workspace, add: Add, tmp_path: Path) -> None:
    customer = add("customer", name="海润牧业；有限公司, \\ 北")
    told = {
        "name": "王建国",
        "department": "采购",
        "title": "经理",
        "mobile": "138 0000 0001",
        "phone": "0912-330001",
        "email": "wang@example.com",
        "messenger": "wang_jg",
        "gender": "male",
        "address": "定边县; 工业园 3 号",
        "note": "爱喝茶\nEND:VCARD\n" + "长" * 300,
    }
    add("contact", customer_id=customer, birthday="1970-02-28", **told)
    add("contact", name="李", birthday="02-29")
    add("contact", name="月", birthday="01-15", birthday_calendar="lunar")
    add("contact", name="空缺", vacant=1)
    workspace.run(TrashRecords("contact", (add("contact", name="走了"),)))
    content, number = cards(workspace.store)
    (tmp_path / "x.vcf").write_bytes(content)
    sheet = read(tmp_path / "x.vcf")
    rows = {row[0]: dict(zip(sheet.columns, row, strict=True)) for _, row in sheet}
    assert number == 3
    assert set(rows) == {"王建国", "李", "月"}
    found = rows["王建国"]
    assert {name: found[name] for name in told} == {**told, "gender": "M"}
    assert (found["organisation"], found["birthday"]) == ("海润牧业；有限公司, \\ 北", "1970-02-28")
    assert rows["李"]["birthday"] == "--02-29"
    assert rows["月"].get("birthday", "") == ""
    assert max(map(len, content.split(b"\r\n"))) <= 75


def _squashed(*texts: str) -> tuple[str, ...]:
    """As one finds it: an import tidies widths, blanks and what nobody sees."""
    return tuple("".join(fold(text).split()) for text in texts)


def test_any_text_goes_out_and_comes_back(workspace: Workspace, add: Add, tmp_path: Path) -> None:
    customer = add("customer", name="海润")
    fields = ("name", "department", "title", "address", "note")
    texts = [text for text in (*HOSTILE, *SPOILT) if not text.startswith("#")]  # Excel's faults
    for number, text in enumerate(texts):
        told = dict.fromkeys(fields, clean_text(text)[:80].strip()) | {"name": f"王 {number}"}
        add("contact", customer_id=customer, **told)
        add("contact", customer_id=customer, name=text)
    content, number = cards(workspace.store)
    assert number == 2 * len(texts)
    (tmp_path / "x.vcf").write_bytes(content)
    with closing(Workspace.open(tmp_path / "other" / "f.db")) as other:
        sheet = read(tmp_path / "x.vcf")
        importer.run(other, sheet, importer.propose(other.store, sheet))
        select = f"SELECT {', '.join(fields)} FROM contact"
        there, back = (
            {_squashed(*row) for row in one.store.rows(select)} for one in (workspace, other)
        )
        assert back == there
        assert findings(other.store) == []


def test_phones_find_what_they_sort_by(workspace: Workspace, add: Add) -> None:
    add("contact", name="欧阳春", department="采购")
    [content, _] = cards(workspace.store)
    lines = content.decode().split("\r\n")
    assert "N:欧阳;春;;;" in lines
    assert "ORG:;采购" in lines  # where somebody works is not known
