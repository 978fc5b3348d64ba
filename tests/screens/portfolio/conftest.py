"""The portfolio tab on a real file."""

from __future__ import annotations

import pytest

from fieldsales.screens import portfolio
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from tests.screens.sections import Shown, shower
from tests.screens.sections import ShowSection as ShowPortfolio

__all__ = ["ShowPortfolio", "Shown", "show_portfolio"]

show_portfolio = shower(portfolio, "show_portfolio")


@pytest.fixture
def sample(workspace: Workspace) -> Workspace:
    """The file with the sample territory in it."""
    workspace.run(LoadSample())
    return workspace
