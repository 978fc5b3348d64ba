"""What the folder of methods promises, of each method found there."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import pytest

from fieldsales import methods
from fieldsales.discover import modules
from fieldsales.domain.checklist import ChecklistAnswer, score
from fieldsales.domain.checklist_edit import write
from fieldsales.domain.checklist_file import read
from fieldsales.errors import UserError
from fieldsales.methods.checklist.content import checklists, tables
from fieldsales.resources import ROOT
from fieldsales.words import LANGUAGES, PSEUDO

METHODS = {module.__name__.rpartition(".")[2]: module for module in modules(methods, folders=True)}
_NUMBER = re.compile(r"M(\d\d)([a-f]?)(?:–M?(\d\d))?")


def _pages(method: ModuleType) -> set[str]:
    """Help pages of the numbers that a method's docstring names, of those between two as well."""
    found = set()
    for number, letter, last in _NUMBER.findall(method.__doc__ or ""):
        numbers = range(int(number), int(last or number) + 1)
        found |= {f"m{n:02}{letter}" for n in numbers}
    return found


def _contents(name: str) -> list[Callable[[str], object]]:
    """What a method's `content.py` gives in a language."""
    module = import_module(f"fieldsales.methods.{name}.content")
    return [
        made
        for _, made in inspect.getmembers(module, callable)
        if getattr(made, "__module__", "") == module.__name__
        and not isinstance(made, type)
        and list(inspect.signature(made).parameters) == ["language"]
    ]


def _shape(told: object) -> Iterator[tuple[str, int]]:
    """Where texts stand in what was given, and how much of it is there."""
    if isinstance(told, str):
        yield "text", 1
    elif isinstance(told, Mapping):
        yield "map", len(told)
        for key, value in told.items():
            yield str(key), 0
            yield from _shape(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from _shape(value)
    elif dataclasses.is_dataclass(told):
        for field in dataclasses.fields(told):
            yield field.name, 0
            yield from _shape(getattr(told, field.name))


def _texts(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for value in told.values():
            yield from _texts(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from _texts(value)
    elif dataclasses.is_dataclass(told):
        for field in dataclasses.fields(told):
            yield from _texts(getattr(told, field.name))


def test_the_methods_are_found_by_walking() -> None:
    assert {"checklist", "ffab", "spin", "walk_around", "whole_brain"} <= set(METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_each_says_which_method_it_is_and_is_explained_in_each_language(name: str) -> None:
    pages = _pages(METHODS[name])
    assert pages, METHODS[name].__doc__
    for language in LANGUAGES:
        there = {path.stem for path in (ROOT / "help" / language).glob("*.md")}
        assert pages & there, language


@pytest.mark.parametrize("name", METHODS)
def test_each_has_what_a_method_is_made_of(name: str) -> None:
    """Rules, contents, pictures: something beside the `__init__`, each module read without Qt."""
    folder = ROOT.parent / "fieldsales" / "methods" / name
    parts = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
    assert parts
    for part in parts:
        assert import_module(f"fieldsales.methods.{name}.{part}").__doc__


@pytest.mark.parametrize(
    "name", [name for name in METHODS if find_spec(f"fieldsales.methods.{name}.content")]
)
def test_what_it_says_stands_in_each_language_alike(name: str) -> None:
    assert any((ROOT / "methods" / name).glob("*.toml"))
    contents = _contents(name)
    assert contents
    for content in contents:
        shapes = {language: list(_shape(content(language))) for language in LANGUAGES}
        assert shapes["zh_CN"] == shapes["zh_TW"], content
        assert [key for key, _ in shapes["zh_CN"]] == [key for key, _ in shapes["en"]], content
        assert content(PSEUDO) == content("en")
        for language in LANGUAGES:
            assert any(_texts(content(language)))


@pytest.mark.parametrize("code", list(checklists("en")))
def test_each_checklist_can_be_filled_in_sent_and_taken_in(code: str) -> None:
    """A method that is data alone: its sample is valid, its score is whole when all is done."""
    text = write(tables(code))
    full = {"yes": "1", "task": "1", "scale": "5", "number": "12", "text": "说过了"}
    for language in LANGUAGES:
        form = checklists(language)[code]
        assert read(text, code, language) == form
        answers = [
            ChecklistAnswer(item=item.code, value=item.clean(full[item.kind]))
            for item in form.items.values()
        ]
        assert score(form, answers).percent == 100
        assert score(form, []).percent == 0
        for item in form.items.values():
            if item.kind in ("scale", "number"):
                with pytest.raises(UserError):
                    item.clean("许多")
