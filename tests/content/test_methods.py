"""What the methods say: complete in each language, enough of it, balanced, all of it our own."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations
from statistics import mean
from typing import Any

import opencc
import pytest

from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES, Contact
from fieldsales.domain.deal import PURCHASE_FACTORS
from fieldsales.domain.fields import fields
from fieldsales.domain.need import ORGANISATION_NEEDS, PERSONAL_NEEDS, Need
from fieldsales.domain.negotiation import PARTNERS
from fieldsales.domain.profile import SHEETS, Clue
from fieldsales.domain.relationship import CELLS
from fieldsales.domain.spin import KINDS, Gap
from fieldsales.domain.whole_brain import PICKS, QUADRANTS, TYPES
from fieldsales.drawing.font import face
from fieldsales.methods.checklist.content import checklists
from fieldsales.methods.spin.content import gap_hints, kind_hints
from fieldsales.resources import ROOT
from fieldsales.words import LANGUAGES
from tests.chinese import MAINLAND_TERMS, NOT_SAID_IN_TAIWAN

# the texts of each table, then its codes; `*` marks a list of texts, `?` what may be left out
SHAPES: dict[str, tuple[str, str]] = {
    "whole_brain sheet": ("title ask", ""),
    "whole_brain item": ("text", "sheet quadrant"),
    "whole_brain quadrant": ("gist asks", ""),
    "whole_brain type": (
        "name gist traits* communication* roles* phrases* judged pressure practise*",
        "",
    ),
    "whole_brain category": ("name", ""),
    "whole_brain clue": ("text", "category a? b? c? d?"),
    "whole_brain advice": ("bring say show avoid", ""),
    "whole_brain gap": ("tell watch", ""),
    "whole_brain meeting": ("open middle close watch", "order"),
    "whole_brain meeting_rule": ("text", ""),
    "negotiation scale": ("question low high clues*", ""),
    "negotiation partner": ("what signs* counter* traps*", ""),
    "relationship cell": ("meaning risk next*", ""),
    "relationship need": ("recognise* offer* ask", ""),
    "relationship role": ("wants fears reach* ask", ""),
    "purchase_factors factor": ("question low high raises* task", ""),
    "need_depth level": ("what look questions*", ""),
    "need_depth example": ("said actual behind offer", ""),
    "walk_around check": ("question mend", "quadrant"),
    "walk_around tag": ("why", "quadrant answers?"),
    "walk_around taboo": ("why mend", "kind"),
    "spin kind": ("what tip example", ""),
    "spin gap": ("what mend example", ""),
    "checklist head": ("title about", "of repeat_days?"),
    "checklist section": ("title", ""),
    "checklist item": ("text help", "section kind weight? days? task?"),
}

# instruments of other houses and what they call things
MARKS = re.compile(
    r"hbdi|whole.?brain|全[脑腦]|herrmann|赫[尔爾]?曼|mbti|myers|briggs|\bdisc\b|insights|九型人格"
    r"|enneagram|blue sheet|蓝表|藍表|miller|kennedy|肯尼迪|赢利三叶草|franklin|盖洛普|gallup|®|™",
    re.IGNORECASE,
)

Entry = dict[str, Any]


@cache
def _tables() -> dict[str, dict[str, Entry]]:
    """`method table` -> code -> entry."""
    tables: dict[str, dict[str, Entry]] = {}
    told = sorted({name.partition(" ")[0] for name in SHAPES})
    for path in (
        path for method in told for path in sorted((ROOT / "methods" / method).glob("*.toml"))
    ):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        if path.parent.name == "checklist":
            _add_checklist(tables, path.stem, content)
            continue
        for name, table in content.items():
            key = f"{path.parent.name} {name}"
            assert key not in tables
            tables[key] = table
    return tables


def _add_checklist(tables: dict[str, dict[str, Entry]], code: str, content: Entry) -> None:
    """Each is a file of its own with the same tables; here they stand together."""
    head = {part: value for part, value in content.items() if part not in ("section", "item")}
    tables.setdefault("checklist head", {})[code] = head
    for name in ("section", "item"):
        table = tables.setdefault(f"checklist {name}", {})
        table |= {f"{code}_{key}": entry for key, entry in content[name].items()}


def _parts() -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    """Path and part of every text, and language -> its texts, a single one as a list of one."""
    for name, table in _tables().items():
        for code, entry in table.items():
            for part, value in entry.items():
                if isinstance(value, dict):
                    told = {k: v if isinstance(v, list) else [v] for k, v in value.items()}
                    yield f"{name} {code} {part}", part, told


def _texts(language: str) -> Iterator[tuple[str, str]]:
    for path, _, told in _parts():
        for text in told[language]:
            yield path, text


def test_every_entry_has_its_shape() -> None:
    assert _tables().keys() == SHAPES.keys()
    for name, table in _tables().items():
        texts, codes = SHAPES[name]
        wanted = {text.rstrip("*"): text.endswith("*") for text in texts.split()}
        needed = {*wanted, *(code for code in codes.split() if not code.endswith("?"))}
        for code, entry in table.items():
            assert re.fullmatch(r"[a-z][a-z0-9_]*", code), (name, code)
            assert needed <= entry.keys(), (name, code)
            assert entry.keys() <= {*needed, *codes.replace("?", "").split()}, (name, code)
            for part, several in wanted.items():
                assert list(entry[part]) == list(LANGUAGES), (name, code, part)
                lists = [isinstance(value, list) for value in entry[part].values()]
                assert lists == [several] * len(LANGUAGES), (name, code, part)


def test_every_text_stands_in_each_language() -> None:
    for path, _, told in _parts():
        assert len({len(texts) for texts in told.values()}) == 1, path
        assert all(text.strip() == text != "" for texts in told.values() for text in texts), path


def test_scripts_are_not_mixed() -> None:
    to_simplified, to_traditional = opencc.OpenCC("t2s"), opencc.OpenCC("s2tw")
    usual = str.maketrans("臺佔", "台占")  # both ways are good Taiwan usage
    for path, text in _texts("zh_CN"):
        assert to_simplified.convert(text) == text, path
        assert not set("「」『』") & set(text), path
    for path, text in _texts("zh_TW"):
        assert to_traditional.convert(text).translate(usual) == text.translate(usual), path
        assert not set("“”‘’") & set(text), path
    for path, text in _texts("en"):
        assert not re.search("[㐀-鿿，。：；！？、（）“”‘’]", text), path


def test_taiwan_is_spoken_to_in_its_own_words() -> None:
    to_simplified = opencc.OpenCC("t2s")
    for path, text in _texts("zh_TW"):
        assert not MAINLAND_TERMS.search(text), path
        said = to_simplified.convert(text)
        assert not [word for word in NOT_SAID_IN_TAIWAN if word in said], (path, text)


def test_taiwan_is_more_than_a_change_of_script() -> None:
    to_traditional = opencc.OpenCC("s2tw")
    marks = str.maketrans("“”‘’", "「」『』")
    converted = own = 0
    for (_, simplified), (_, traditional) in zip(_texts("zh_CN"), _texts("zh_TW"), strict=True):
        if to_traditional.convert(simplified).translate(marks) == traditional:
            converted += 1
        else:
            own += 1
    assert own > converted


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW"])
def test_chinese_punctuation_is_full_width(language: str) -> None:
    for path, text in _texts(language):
        assert not re.search(r"[,;:?!()\"'.]", text), (path, text)


def test_the_shipped_font_has_every_character() -> None:
    drawn = {
        character for language in LANGUAGES for _, text in _texts(language) for character in text
    }
    for bold in (False, True):
        assert not [character for character in sorted(drawn) if not face(bold).has(character)]


def test_no_instrument_of_another_house_is_named() -> None:
    for language in LANGUAGES:
        for path, text in _texts(language):
            assert not MARKS.search(text), (path, text)
    for path in (ROOT / "help").rglob("*.md"):
        assert not MARKS.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_a_copy_of_another(language: str) -> None:
    count = Counter(text for _, text in _texts(language))
    assert not [text for text, times in count.items() if times > 1]


def test_no_two_texts_of_a_part_say_nearly_the_same() -> None:
    """A phrase of three characters may look like another; what is longer may not."""
    of_part = defaultdict(list)
    for path, part, told in _parts():
        table = path.rpartition(" ")[0].rpartition(" ")[0]
        of_part[table, part] += [text for text in told["zh_CN"] if len(text) > 5]
    for (table, part), texts in of_part.items():
        for one, other in combinations(texts, 2):
            matcher = SequenceMatcher(None, one, other)
            if matcher.real_quick_ratio() > 0.8 and matcher.quick_ratio() > 0.8:
                assert matcher.ratio() < 0.8, (table, part, one, other)


# the self-assessment


def test_each_sheet_has_eight_items_of_each_quadrant() -> None:
    items = _tables()["whole_brain item"]
    count = Counter((entry["sheet"], entry["quadrant"]) for entry in items.values())
    assert count == {(sheet, quadrant): 8 for sheet in SHEETS for quadrant in QUADRANTS}
    for code, entry in items.items():
        assert re.fullmatch(f"{entry['sheet']}_{entry['quadrant']}[1-8]", code)
    assert list(_tables()["whole_brain sheet"]) == list(SHEETS)


@pytest.mark.parametrize(
    ("language", "least", "most"), [("zh_CN", 7, 13), ("zh_TW", 7, 13), ("en", 18, 42)]
)
def test_no_item_stands_out_by_its_length(language: str, least: int, most: int) -> None:
    lengths = defaultdict(list)
    for entry in _tables()["whole_brain item"].values():
        length = len(entry["text"][language])
        assert least <= length <= most, entry
        lengths[entry["sheet"], entry["quadrant"]].append(length)
    for sheet in SHEETS:
        means = [mean(lengths[sheet, quadrant]) for quadrant in QUADRANTS]
        assert max(means) <= 1.12 * min(means), (sheet, means)


def test_picks_of_a_sheet_fit_the_field_that_keeps_them() -> None:
    longest = sorted(map(len, _tables()["whole_brain item"]))[-PICKS:]
    assert sum(longest) + len(longest) <= 2_000


# types, clues, advice


def test_every_type_is_told_in_full() -> None:
    types = _tables()["whole_brain type"]
    assert sorted(types) == sorted([*TYPES, "flat"])
    least = {"traits": 3, "communication": 3, "roles": 4, "phrases": 4, "practise": 3}
    for code, entry in types.items():
        for part, count in least.items():
            assert len(entry[part]["en"]) >= count, (code, part)
        for part in ("judged", "pressure"):
            assert len(entry[part]["zh_CN"]) >= 24, (code, part)


def test_clues_of_each_quadrant_and_category() -> None:
    clues = _tables()["whole_brain clue"]
    categories = list(_tables()["whole_brain category"])
    assert categories == ["words", "first", "desk", "pace", "praise", "writing"]
    longest = fields(Clue)["code"].max_length
    count: Counter[tuple[str, str]] = Counter()
    several = 0
    for code, entry in clues.items():
        weights = {quadrant: entry[quadrant] for quadrant in QUADRANTS if quadrant in entry}
        assert weights, code
        assert set(weights.values()) <= {1, 2, 3}, code
        assert re.fullmatch(f"{entry['category']}_[{''.join(weights)}][1-9]", code)
        assert len(code) <= longest
        several += len(weights) > 1
        count.update((quadrant, entry["category"]) for quadrant in weights)
    for quadrant in QUADRANTS:
        assert sum(count[quadrant, category] for category in categories) >= 16
        assert min(count[quadrant, category] for category in categories) >= 2
    assert 4 <= several <= len(clues) // 4


def test_no_quadrant_is_easier_to_tick() -> None:
    weight: Counter[str] = Counter()
    for entry in _tables()["whole_brain clue"].values():
        weight.update({quadrant: entry.get(quadrant, 0) for quadrant in QUADRANTS})
    assert max(weight.values()) <= 1.1 * min(weight.values())


def test_advice_for_each_quadrant_in_each_role() -> None:
    roles = (*BUYING_ROLES, "guide")
    wanted = {f"{quadrant}_{role}" for quadrant in QUADRANTS for role in roles}
    assert set(_tables()["whole_brain advice"]) == {*QUADRANTS, *wanted}
    pairs = {f"{seller}_{buyer}" for seller in QUADRANTS for buyer in QUADRANTS}
    assert set(_tables()["whole_brain gap"]) == pairs
    assert set(_tables()["whole_brain quadrant"]) == set(QUADRANTS)


def test_every_mix_of_a_meeting_has_its_order() -> None:
    meetings = _tables()["whole_brain meeting"]
    assert sorted(meetings) == sorted(code for code in TYPES if len(code) > 1)
    for code, entry in meetings.items():
        assert "".join(sorted(entry["order"])) == code


def test_advice_is_short_enough_to_read_at_the_door() -> None:
    for name in ("whole_brain advice", "whole_brain gap"):
        for code, entry in _tables()[name].items():
            for part, told in entry.items():
                assert len(told["zh_CN"]) <= 32, (code, part)
                assert len(told["en"]) <= 100, (code, part)


# the other methods


def test_negotiation_partners_have_signs_and_counters() -> None:
    assert list(_tables()["negotiation partner"]) == list(PARTNERS)
    for entry in _tables()["negotiation partner"].values():
        assert len(entry["signs"]["en"]) >= 5
        assert len(entry["counter"]["en"]) >= 4
        assert len(entry["traps"]["en"]) >= 2
    assert list(_tables()["negotiation scale"]) == ["sees_long_term", "plays_fair"]
    assert _tables()["negotiation scale"].keys() <= fields(Contact).keys()


def test_cells_needs_and_roles_are_those_of_the_domain() -> None:
    assert list(_tables()["relationship cell"]) == list(CELLS)
    assert list(_tables()["relationship need"]) == [*ORGANISATION_NEEDS, *PERSONAL_NEEDS]
    assert list(_tables()["relationship role"]) == [*BUYING_ROLES, *SIDE_ROLES]
    for table in ("cell", "need", "role"):
        for code, entry in _tables()[f"relationship {table}"].items():
            for told in entry.values():
                assert not isinstance(told["en"], list) or len(told["en"]) >= 3, (table, code)


def test_factors_and_depth_are_those_of_the_domain() -> None:
    assert list(_tables()["purchase_factors factor"]) == list(PURCHASE_FACTORS)
    levels = list(_tables()["need_depth level"])
    assert levels == ["said", "actual", "behind"]
    assert set(levels[1:]) <= fields(Need).keys()
    assert len(_tables()["need_depth example"]) >= 8


def test_a_text_is_walked_around_by_all_four() -> None:
    count = Counter(entry["quadrant"] for entry in _tables()["walk_around check"].values())
    assert set(count) == set(QUADRANTS)
    assert min(count.values()) >= 4
    for code, entry in _tables()["walk_around check"].items():
        assert code.startswith(f"{entry['quadrant']}_")


def test_spin_is_coached_for_each_kind_and_gap() -> None:
    for language in LANGUAGES:
        assert list(kind_hints(language)) == list(KINDS)
        assert list(gap_hints(language)) == list(Gap)


# the checklists

CHECKLISTS = {  # code -> of whom, sections, items
    "store_steps": ("visit", 6, 18),
    "need_questions": ("visit", 1, 5),
    "after_purchase": ("visit", 4, 13),
    "seven_questions": ("product", 2, 7),
    "seven_habits": ("customer", 7, 14),
    "value_proposition": ("customer", 6, 18),
    "self_audit": ("self", 1, 10),
    "satisfaction": ("customer", 4, 10),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_methods_that_are_data_alone_are_there(language: str) -> None:
    found = checklists(language)
    assert {
        code: (entry.of, len(entry.sections), len(entry.items)) for code, entry in found.items()
    } == CHECKLISTS
    for entry in found.values():
        assert {item.section for item in entry.items.values()} == set(entry.sections)
        assert {item.kind for item in entry.items.values()} <= {
            *"yes scale number text task".split()
        }


def test_a_task_says_what_and_when_and_for_whom() -> None:
    for language in LANGUAGES:
        for entry in checklists(language).values():
            for item in entry.items.values():
                assert (item.kind == "task") == (item.days > 0) == ("{customer}" in item.task)
    later = [item.days for item in checklists("en")["after_purchase"].items.values() if item.days]
    assert later == [3, 7, 14, 30]


def test_each_shipped_list_of_marks_can_be_scored() -> None:
    for code in ("self_audit", "seven_habits", "satisfaction", "value_proposition", "store_steps"):
        items = checklists("en")[code].items.values()
        assert sum(item.weight for item in items if item.kind in ("yes", "scale")) >= 8
