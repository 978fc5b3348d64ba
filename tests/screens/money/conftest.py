"""The money tab on a real file."""

from __future__ import annotations

from fieldsales.screens import money
from tests.screens.sections import Shown, shower
from tests.screens.sections import ShowSection as ShowMoney

__all__ = ["ShowMoney", "Shown", "show_money"]

show_money = shower(money, "show_money")
