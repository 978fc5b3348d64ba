"""What `lint-imports` cannot say: who may use the standard library alone, and where words live."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from importlib import metadata
from string import Formatter

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from fieldsales.errors import EnvironmentProblem, FieldError, UserError
from fieldsales.resources import ROOT
from fieldsales.words import catalogue

PROJECT = ROOT.parent
PACKAGE = PROJECT / "fieldsales"

STDLIB_ONLY = ("domain/", "entries.py", "words.py", "errors.py", "resources.py", "discover.py")

# what is imported from outside -> where alone
ONLY_IN = {
    "PySide6": ("app/*", "screens/*", "widgets/*", "methods/*/form.py", "drawing/qt.py"),
    "reportlab": ("reports/*", "methods/*/page.py", "drawing/pdf.py"),
    "peewee": ("store/*",),
    "playhouse": ("store/*",),
    "sqlcipher3": ("store/*",),
    "sqlite3": (),
}

# Chinese in code that nobody reads as a sentence
CHINESE_ALLOWED = {
    "domain/birthday.py": "days of the moon as one writes them",
    "domain/duplicates/*": "what names are made of",
    "drawing/text.py": "where a line may break",
    "places.py": "folders that are synchronised, as their programs name them",
    "services/greetings.py": "how Chinese address one another",
    "services/importing/*": "what people call their columns, and how Chinese text looks",
    "store/search/*": "ranges and readings of characters",
    "widgets/typed.py": "days and times as people type them",
    "words.py": "how dates are written",
}

# keys are looked up by these; they may come from a variable, then they are not checked here
LOOKUPS = {"words", "_words"}
TROUBLES = {kind.__name__ for kind in (UserError, FieldError, EnvironmentProblem)}


@cache
def sources() -> dict[str, ast.Module]:
    """Path below the package -> syntax tree."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def imported(tree: ast.Module) -> Iterator[str]:
    """Top-level names of everything a module imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def docstrings(tree: ast.Module) -> set[int]:
    """Identities of the constants that are docstrings, of attributes too."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


@dataclass(frozen=True)
class Use:
    """A key written out in code, and the values given with it (None: not to be seen)."""

    where: str
    key: str
    given: frozenset[str] | None


def last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def uses() -> Iterator[Use]:
    """Every literal key in `words("…")`, `UserError("…")` and their like."""
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name, key = last_name(node.func), node.args[0]
            if name not in LOOKUPS | TROUBLES or not isinstance(key, ast.Constant):
                continue
            given: frozenset[str] | None = frozenset(word.arg or "" for word in node.keywords)
            if given and "" in given:
                given = None
            elif given is not None and name == FieldError.__name__:
                given |= {"field"}
            yield Use(f"{path}:{node.lineno}", str(key.value), given)


def placeholders(key: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(catalogue()[key]["en"]) if name}


def test_the_lower_rungs_use_the_standard_library_alone() -> None:
    allowed = {*sys.stdlib_module_names, "fieldsales"}
    wrong = {
        path: foreign
        for path, tree in sources().items()
        if path.startswith(STDLIB_ONLY) and (foreign := set(imported(tree)) - allowed)
    }
    assert not wrong


def test_what_is_heavy_stays_in_its_place() -> None:
    wrong = [
        f"{path} imports {name}"
        for path, tree in sources().items()
        for name in sorted(set(imported(tree)))
        if name in ONLY_IN and not any(fnmatch(path, place) for place in ONLY_IN[name])
    ]
    assert not wrong


def test_the_store_alone_speaks_to_the_database() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in sources().items()
        if not path.startswith("store/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and re.match(r"(SELECT|INSERT|UPDATE|DELETE|PRAGMA|WITH) ", str(node.value))
    ]
    assert not wrong


def test_a_method_is_given_facts_and_returns_facts() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in sources().items()
        if path.startswith("methods/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and re.search(r"fieldsales(\.| import )(services|store)", ast.unparse(node))
    ]
    assert not wrong


def test_every_module_says_what_it_owns() -> None:
    silent = [path for path, tree in sources().items() if tree.body and not ast.get_docstring(tree)]
    assert not silent


def test_no_sentences_in_code() -> None:
    chinese = re.compile(r"[㐀-鿿]")
    found = {
        path
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and chinese.search(node.value)
        and id(node) not in docstrings(tree)
    }
    allowed = {path: [place for place in CHINESE_ALLOWED if fnmatch(path, place)] for path in found}
    wrong = sorted(path for path in found if not allowed[path])
    assert not wrong, "\n".join(wrong)
    assert {place for places in allowed.values() for place in places} == set(CHINESE_ALLOWED)


def test_every_key_in_code_has_its_words() -> None:
    unknown = [f"{use.where} {use.key}" for use in uses() if use.key not in catalogue()]
    assert not unknown, "\n".join(unknown)


def test_every_sentence_gets_the_values_it_needs() -> None:
    wrong = {
        f"{use.where} {use.key}": lacking
        for use in uses()
        if use.given is not None
        and use.key in catalogue()
        and (lacking := placeholders(use.key) - use.given)
    }
    assert not wrong


def test_every_sentence_is_used() -> None:
    """A key counts as used if it stands in code, or begins as an f-string in code does; or if the
    area before its first point stands there, and the rest ends an f-string: `{area}.empty`.
    """
    written: set[str] = set()
    beginnings = {"common."}  # a stock of small words
    endings: set[str] = set()
    for tree in sources().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginning = str(node.values[0].value)
                if re.fullmatch(r"[a-z_]+\.([a-z0-9_]+\.?)*", beginning):
                    beginnings.add(beginning)
            elif isinstance(node, ast.JoinedStr):
                rest = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+"
                    for part in node.values[1:]
                ]
                if rest and re.match(r"\\\.[a-z]", rest[0]):
                    endings.add("".join(rest))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
    ending = re.compile("|".join(endings))

    def is_put_together(key: str) -> bool:
        area, point, rest = key.partition(".")
        return area in written and ending.fullmatch(point + rest) is not None

    unused = [
        key
        for key in catalogue()
        if key not in written and not key.startswith(tuple(beginnings)) and not is_put_together(key)
    ]
    assert not unused, "\n".join(unused)


def declared() -> dict[str, Requirement]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = [Requirement(line) for line in project["dependencies"]]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    providers = metadata.packages_distributions()
    names = {name for tree in sources().values() for name in imported(tree)}
    foreign = names - set(sys.stdlib_module_names) - {"fieldsales"}
    needed = {canonicalize_name(package) for name in foreign for package in providers[name]}
    # PySide6 itself needs its bridge of the same version
    needed.add("shiboken6")
    assert not sorted(needed - set(declared()))
    assert not sorted(set(declared()) - needed)


def test_the_notices_name_everything_that_is_shipped() -> None:
    notices = (PROJECT / "THIRD_PARTY.md").read_text(encoding="utf-8").lower()
    shipped = set(declared())
    waiting = list(shipped)
    while waiting:
        for line in metadata.requires(waiting.pop()) or []:
            requirement = Requirement(line)
            name = canonicalize_name(requirement.name)
            here = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            if here and name not in shipped:
                shipped.add(name)
                waiting.append(name)
    missing = {name for name in shipped if f"| {name} |" not in notices.replace("_", "-")}
    assert not missing
