"""What the parts of an import are called on screen and in the terminal."""

from __future__ import annotations

from fieldsales.services.importing.conversion import Problem
from fieldsales.services.importing.importer import Outcome
from fieldsales.services.importing.mapping import MARGIN, PAID, PERSON, PRICE, field_of
from fieldsales.services.importing.sheet import Oddity, Sheet
from fieldsales.words import Words

_OF_PRICE = {name: "amount" if name == "price" else name for name in PRICE}


def column_name(sheet: Sheet, index: int, words: Words) -> str:
    """A column's header; those of address cards are ours and have names in each language."""
    name = sheet.columns[index]
    return words(f"import.vcard.{name.replace(' ', '_')}") if sheet.format == "vcard" else name


def problem_told(problem: Problem, sheet: Sheet, words: Words) -> str:
    """A problem as a sentence: the column, what is wrong, and where the text went."""
    column = problem.column
    if column in sheet.columns:
        column = column_name(sheet, sheet.columns.index(column), words)
    told = words(problem.code, **problem.params)
    code = "import.reason.kept" if problem.noted else "import.reason.at"
    return words(code, column=column, reason=told)


def target_name(target: str, kind: str, words: Words) -> str:
    """What a column fills: `客户名称`, `联系人 · 手机`, `地址 · 邮编`."""
    bare = target.removeprefix(PERSON)
    person = kind == "contacts" or bare != target
    if kind == "deals" and target == "partner":
        return words("field.deal.partner_id")
    if kind == "deals" and target not in ("customer", "tags"):
        return words(f"field.deal.{target}")
    if kind == "products":
        return words(
            f"field.price.{_OF_PRICE[target]}" if target in PRICE else f"field.product.{target}"
        )
    if kind in ("receivables", "payments") and target != "customer":
        if kind == "receivables" and target in PAID:
            return words(f"import.paid.{target}")
        if kind == "payments" and target == "number":
            return words("import.paid.number")
        return words(f"field.{kind.removesuffix('s')}.{target}")
    if kind == "sales" and target != "customer":
        return words("import.sale.margin" if target == MARGIN else f"field.sale.{target}")
    field = field_of(bare)
    if field == "tags" and not person:
        name = words("noun.tag")
    elif field == "customer":
        name = words("noun.customer")
    else:
        name = words(f"field.{'contact' if person else 'customer'}.{field}")
    if bare != field:
        name = f"{name} · {words(f'import.part.{bare}')}"
    return f"{words('noun.contact')} · {name}" if bare != target else name


def kind_name(kind: str, words: Words) -> str:
    """`customers` or `contacts` in words."""
    return words(f"import.kind.{kind}")


def match_name(match: str | None, words: Words) -> str:
    """A way to recognise rows, None being not to."""
    return words(f"import.match.{match or 'none'}")


def oddity_told(oddity: Oddity, words: Words) -> str:
    """What was odd about a file, as a sentence."""
    return words(f"import.warning.{oddity.code}", row=oddity.row, n=oddity.n)


def outcome_told(outcome: Outcome, kind: str, words: Words, *, rehearsal: bool = False) -> str:
    """What an import did, or in a rehearsal would do, as a sentence."""
    tense = "would" if rehearsal else "did"
    return words(
        f"import.{tense}.{kind}",
        added=outcome.added,
        updated=outcome.updated,
        skipped=outcome.skipped,
        others=outcome.others,
        others_updated=outcome.others_updated,
        unchanged=outcome.unchanged,
        paid=outcome.paid,
    )
