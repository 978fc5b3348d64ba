"""What `methods.toml` and `resources/places.toml` say of each method is so: place, rule, tests."""

from __future__ import annotations

import ast
import tomllib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from fieldsales.resources import ROOT, read_toml
from fieldsales.words import LANGUAGES, Words

HERE = Path(__file__).parent
METHODS = tomllib.loads((HERE / "methods.toml").read_text(encoding="utf-8"))
PLACES = read_toml("places.toml")


def test_no_method_of_the_portfolio_is_left_out() -> None:
    numbers = [*range(3, 13), *range(30, 40), 44, 46]
    assert set(METHODS) == {f"m{number:02}" for number in numbers}


def test_each_page_of_the_help_leads_to_a_place() -> None:
    for language in LANGUAGES:
        assert {path.stem for path in (ROOT / "help" / language).glob("*.md")} == set(PLACES)


@pytest.mark.parametrize("place", sorted(set(PLACES.values())))
def test_each_place_is_there(place: str) -> None:
    tab, _, section = place.partition("/")
    found = import_module(f"fieldsales.screens.{tab}")
    assert found.TAB.place in ("top", "bottom")  # it is in the rail
    assert found.TAB.title == f"{tab}.title"  # so the help calls it
    if section:
        assert Words("en")(import_module(f"fieldsales.screens.{tab}.{section}").SECTION.title)


@pytest.mark.parametrize("code", METHODS)
def test_each_method_has_its_place_its_rule_and_tests_that_hold_it(code: str) -> None:
    method = METHODS[code]
    assert method["place"] == PLACES[code]
    rule = find_spec(method["rule"])
    assert rule is not None
    assert rule.origin is not None
    assert code.upper() in Path(rule.origin).read_text(encoding="utf-8")
    assert method["tests"]
    for test in method["tests"]:
        path, _, name = test.partition("::")
        tree = ast.parse((HERE / path).read_text(encoding="utf-8"))
        assert name in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}, test
