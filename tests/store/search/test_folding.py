"""One spelling for texts that look different."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.store.search.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("張偉", "张伟"),
        ("臺灣積體電路", "台湾积体电路"),
        ("ＡＢＣ１２３（中國）", "abc123(中国)"),
        ("Café ÜBER Straße", "cafe uber strasse"),
        ("a\u200bb\ufeff\x00c", "abc"),
        ("一行\n二行\t三", "一行 二行 三"),
        ("\ud800半", "半"),
        ("𠮷野家", "𠮷野家"),
        ("⾦", "金"),
        ("", ""),
    ],
)
def test_texts_fold_to_one_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_part_folds_as_it_does_within_the_whole() -> None:
    # read as a phrase 乾隆 would keep its 乾, and 乾 alone would not
    assert fold("乾隆") == fold("乾") + fold("隆")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
