"""The limits of classes in the settings: kept when left, refused where they overlap."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldsales.screens.settings.classes.page import ClassSettings
from fieldsales.services import portfolio
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.settings import setting
from tests.screens.conftest import OpenContext
from tests.workspaces import add


@pytest.fixture
def settings(open_context: OpenContext, qtbot: QtBot) -> ClassSettings:
    made = ClassSettings(open_context())
    qtbot.addWidget(made)
    made.refresh()
    made.show()
    return made


def write(settings: ClassSettings, name: str, text: str) -> str:
    """Types into a line and leaves it; what is wrong, '' for nothing."""
    line = settings.lines[name]
    line.line.setText(text)
    line.line.setModified(True)
    line.line.editingFinished.emit()
    return "" if line.wrong.isHidden() else line.wrong.text()


def test_a_limit_classes_everybody_anew(settings: ClassSettings, workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    for day, amount in (("2026-10-31", 420_000_00), ("2025-10-31", 510_000_00)):
        add(workspace, "sale", customer_id=customer, dated=day, amount=amount)
    portfolio.renew(workspace)

    def course() -> str:
        found = portfolio.of(workspace.store, customer)
        assert found is not None
        return found.worth.course

    assert course() == "declining"
    assert write(settings, "lifecycle.declining", "-20") == ""
    assert course() == "stable"
    settings.refresh()
    assert settings.lines["lifecycle.declining"].line.text() == "-20"
    assert write(settings, "lifecycle.declining", "") == ""
    assert course() == "declining"
    workspace.undo()
    assert setting(workspace.store, "portfolio.lifecycle") is None


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("importance.vip", "8", "5"),
        ("lifecycle.declining", "30", "10"),
        ("loyalty.loyal_purchases", "1", "2"),
        ("terms.retention", "120", "100"),
        ("status.silent_months", "1.5", "1.5"),
        ("value_type.enterprise", "许多", "许多"),
        ("of_tier.vip.retention", "-1", "0"),
        ("weights.sales", "-3", "-3"),
    ],
)
def test_limits_that_clash_are_refused_in_words(
    settings: ClassSettings, workspace: Workspace, name: str, text: str, said: str
) -> None:
    assert said in write(settings, name, text)
    assert setting(workspace.store, f"portfolio.{name.partition('.')[0]}") is None


def test_potential_is_typed_in_whole_units(settings: ClassSettings, workspace: Workspace) -> None:
    assert write(settings, "stance.high_from", "500,000") == ""
    rules = portfolio.rules_of(workspace.store)
    assert (rules.stance.middle_from, rules.stance.high_from) == (500_000_00, 500_000_00)
    assert write(settings, "stance.middle_from", "100000") == ""
    settings.refresh()
    assert settings.lines["stance.middle_from"].line.text() == "100,000.00"
    assert write(settings, "stance.middle_from", "600000") != ""
    assert write(settings, "stance.middle_from", "") == ""
    assert portfolio.rules_of(workspace.store).stance.high_from is None


def test_tiers_and_choices_have_their_own(settings: ClassSettings, workspace: Workspace) -> None:
    assert write(settings, "of_tier.vip.retention", "95") == ""
    settings.choices["beside"].chosen.emit("invoices")
    settings.choices["performance"].chosen.emit("margin")
    assert write(settings, "weights.sales", "3") == ""
    rules = portfolio.rules_of(workspace.store)
    assert (rules.beside, rules.performance, rules.weights.of["sales"]) == ("invoices", "margin", 3)
    assert rules.terms_of("vip").retention == 95
    assert rules.terms_of("small").retention == 80
