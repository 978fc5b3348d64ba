"""Widgets in lines, and that their layout outlives others."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import delete, isValid

from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.look import Look


def test_items_stay_when_a_layout_goes_that_had_others_in_their_place(look: Look) -> None:
    for _ in range(10):
        other = QWidget()
        box = QVBoxLayout(other)
        gone = [QLabel() for _ in range(50)]
        for label in gone:
            box.addWidget(label)
            assert box.itemAt(box.count() - 1).widget() is label  # Python knows the item
        for label in gone:
            delete(label)
        host = QWidget()
        flow = FlowLayout(look)
        host.setLayout(flow)
        for _ in range(50):
            flow.addWidget(QLabel())
        delete(other)
        items = [flow.itemAt(at) for at in range(flow.count())]
        assert len(items) == 50
        assert all(map(isValid, items))
        assert flow.minimumSize().isValid()
        delete(host)
