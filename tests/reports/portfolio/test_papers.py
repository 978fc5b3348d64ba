"""The portfolio review and the ranking as PDF, and pictures as images, of any file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from fieldsales.domain.clock import Clock
from fieldsales.errors import UserError
from fieldsales.reports.make import make
from fieldsales.reports.portfolio.framed import framed
from fieldsales.reports.portfolio.pictures import PICTURES
from fieldsales.reports.portfolio.worth import Pyramid
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.picture_image import image
from fieldsales.widgets.theme import Theme
from fieldsales.words import LANGUAGES, Words
from tests.methods.drawn import outside, texts
from tests.reports.conftest import Pdf, squeezed
from tests.workspaces import Add

Read = Callable[[bytes], Pdf]


def test_the_review_says_all_findings_first_and_what_is_missing_last(
    workspace: Workspace, add: Add, read: Read
) -> None:
    customer = add("customer", name="海润牧业")
    add("sale", customer_id=customer, dated="2026-10-01", amount=900_00, cost=600_00)
    words = Words("zh_CN")
    pdf = read(make(workspace.store, "portfolio", "latest", words, "internal").pdf)
    first, last = squeezed(pdf.pages[0]), squeezed(pdf.pages[-1])
    made = [kind(workspace.store, words, {}) for kind in PICTURES]
    for portrait in made:
        if portrait.empty():
            assert squeezed(portrait.empty()) in last
        else:
            assert squeezed(portrait.finding()) in first
    assert "海润牧业" in pdf.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["portfolio", "ranking", "indicators"])
def test_an_empty_file_has_its_papers(
    workspace: Workspace, read: Read, code: str, lang: str
) -> None:
    words = Words(lang)
    pdf = read(make(workspace.store, code, "latest", words, "internal").pdf)
    assert squeezed(words(f"report.{code}.name")) in pdf.text
    assert len(pdf.pages) == 1
    assert "0%" not in pdf.text  # no picture of nothing


def test_one_picture_or_one_figure_alone(workspace: Workspace, add: Add, read: Read) -> None:
    for name, amount, cost in (("甲", 900_00, 890_00), ("乙", 500_00, 100_00)):
        customer = add("customer", name=name)
        add("sale", customer_id=customer, dated="2026-10-01", amount=amount, cost=cost)
    words = Words("zh_CN")
    text = read(make(workspace.store, "ranking", "margin", words, "internal").pdf).text
    assert text.index("乙") < text.index("甲")
    alone = read(make(workspace.store, "portfolio", "pyramid", words, "internal").pdf).text
    assert words("portfolio.picture.pyramid") in alone
    assert words("portfolio.picture.ranking") not in alone
    for code in ("portfolio", "ranking", "indicators"):
        with pytest.raises(UserError):
            make(workspace.store, code, "no_such_picture", words, "internal")


def test_of_a_day_gone_by_they_say_what_the_pictures_say_of_it(
    workspace: Workspace, add: Add, read: Read
) -> None:
    """What cannot look back is left out; a day to come has no paper."""
    now, workspace.store.clock = workspace.store.clock, Clock(date(2026, 6, 1))
    for name, amount in (("甲", 100_00), ("乙", 300_00)):
        customer = add("customer", name=name)
        add("sale", customer_id=customer, dated="2026-05-31", amount=amount)
    workspace.store.clock = now
    add("sale", customer_id=customer, dated="2026-10-01", amount=-300_00)
    words, day = Words("zh_CN"), "2026-06-30"
    text = read(make(workspace.store, "ranking", f"sales@{day}", words, "internal").pdf).text
    assert text.index("乙") < text.index("甲")
    assert day in text
    text = read(make(workspace.store, "portfolio", f"all@{day}", words, "internal").pdf).text
    for kind in PICTURES:
        found = kind(workspace.store, words, {"as_of": day})
        said = squeezed(found.empty() or found.finding())
        title = squeezed(words(f"portfolio.picture.{kind.KEY}"))
        assert (said in text) == (title in text) == kind.PAST, kind.KEY
    for code, asked in (("portfolio", "all"), ("ranking", "sales")):
        alone = read(make(workspace.store, code, day, words, "internal").pdf)
        assert alone.text == read(
            make(workspace.store, code, f"{asked}@{day}", words, "internal").pdf
        ).text  # fmt: skip
    for asked in ("all@2027-01-01", "2027-01-01", "all@someday", f"losses@{day}"):
        with pytest.raises(UserError, match="record.gone"):
            make(workspace.store, "portfolio", asked, words, "internal")
    with pytest.raises(UserError, match="record.gone"):
        make(workspace.store, "indicators", f"2026-Q2@{day}", words, "internal")


def test_a_customer_never_reads_them(workspace: Workspace) -> None:
    for code in ("portfolio", "ranking", "indicators"):
        with pytest.raises(UserError) as refused:
            make(workspace.store, code, "latest", Words("en"), "customer")
        assert refused.value.code == "report.internal_only"


def test_a_picture_alone_says_what_it_is(
    workspace: Workspace, add: Add, theme: Theme, tmp_path: Path
) -> None:
    add("sale", customer_id=add("customer", name="甲"), dated="2026-10-01", amount=900_00)
    pyramid = Pyramid(workspace.store, Words("zh_CN"), {})
    picture = framed(pyramid)
    assert {"金字塔", pyramid.finding(), "2026-11-09"} <= set(texts(picture))
    assert not outside(picture)
    light, dark = image(picture), image(picture, "dark")
    assert light.width() == round(2 * picture.width)
    assert light.pixelColor(2, 2).lightness() > 200 > dark.pixelColor(2, 2).lightness()
    path = tmp_path / "图.png"
    assert light.save(str(path))
    assert QImage(str(path)).size() == light.size()
