"""The list that places rows by their heights: keys, choosing, scrolling, what is read aloud."""

from itertools import accumulate

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView

from fieldsales.screens.funnel.row_list import RowList

HEAD, CARD, VIEW = 30, 100, 450
KEY, SHIFT, CTRL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Rows(QAbstractListModel):
    """Every tenth row is a head, on which nobody can stand."""

    def __init__(self, count):
        super().__init__()
        self.count = count
        self.asked = 0

    def rowCount(self, parent=None):
        self.asked += 1
        return self.count

    def flags(self, index):
        if index.row() % 10 == 0:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        said = Qt.ItemDataRole.AccessibleTextRole
        return f"row {index.row()}" if role == said else None

    def shrink(self, count):
        self.beginRemoveRows(QModelIndex(), count, self.count - 1)
        self.count = count
        self.endRemoveRows()


class Listed(RowList):
    def __init__(self, count):
        super().__init__(None)
        self.rows = Rows(count)
        self.painted = []
        self.setModel(self.rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(self.Shape.NoFrame)
        self.resize(200, VIEW)

    def edges(self):
        highs = (CARD if at % 10 else HEAD for at in range(self.rows.count))
        return list(accumulate(highs, initial=0))

    def paint_row(self, painter, rect, at):
        self.painted.append(at)

    def stand(self, at):
        self.setCurrentIndex(self.rows.index(at))
        return self

    def chosen(self):
        return sorted(index.row() for index in self.selectedIndexes())

    def middle(self, at):
        return self.visualRect(self.rows.index(at)).center()


@pytest.fixture
def listed(qtbot):
    made = Listed(40)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_only_what_is_in_sight_is_painted_and_asked_for(qtbot):
    made = Listed(100_000)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: bool(made.painted))
    assert set(made.painted) == {0, 1, 2, 3, 4, 5}
    assert made.rows.asked < 100


def test_rows_stand_below_each_other_and_can_all_be_reached(listed):
    heights = [listed.visualRect(listed.rows.index(at)).height() for at in (0, 1, 10, 11)]
    assert heights == [HEAD, CARD, HEAD, CARD]
    assert listed.visualRect(listed.rows.index(11)).top() == 2 * HEAD + 9 * CARD
    bar = listed.verticalScrollBar()
    assert bar.maximum() == 4 * HEAD + 36 * CARD - VIEW
    bar.setValue(bar.maximum())
    assert listed.indexAt(QPoint(5, VIEW - 1)).row() == 39
    listed.stand(39).rows.shrink(3)
    listed.executeDelayedItemsLayout()
    assert (bar.maximum(), bar.value()) == (0, 0)
    assert listed.indexAt(QPoint(5, HEAD + 2 * CARD - 1)).row() == 2
    assert not listed.indexAt(QPoint(5, HEAD + 2 * CARD)).isValid()


def test_what_comes_into_sight_is_painted(qtbot, listed):
    for scroll, rows in ((100, {5}), (3_000, {33, 34, 35, 36})):
        listed.painted.clear()
        listed.verticalScrollBar().setValue(scroll)
        qtbot.waitUntil(lambda: bool(listed.painted))
        assert rows <= set(listed.painted)


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        (11, KEY.Key_Up, 9),  # over the head
        (9, KEY.Key_Down, 11),
        (1, KEY.Key_Up, 1),
        (39, KEY.Key_Down, 39),
        (17, KEY.Key_Home, 1),
        (17, KEY.Key_End, 39),
        (21, KEY.Key_PageDown, 25),
        (28, KEY.Key_PageUp, 24),
        (38, KEY.Key_PageDown, 39),
        (3, KEY.Key_PageUp, 1),
    ],
)
def test_keys_go_from_card_to_card_and_bring_it_into_sight(qtbot, listed, start, key, end):
    qtbot.keyClick(listed.stand(start), key)
    assert listed.currentIndex().row() == end
    rect = listed.visualRect(listed.currentIndex())
    assert rect.top() >= 0
    assert rect.bottom() < VIEW


def test_nothing_scrolls_that_is_in_sight_already(listed):
    bar = listed.verticalScrollBar()
    listed.stand(30)
    bar.setValue(bar.value() + 50)
    at = bar.value()
    listed.scrollTo(listed.indexAt(QPoint(5, 200)))
    assert bar.value() == at


def test_shift_ctrl_and_all_choose_cards_alone(qtbot, listed):
    left = Qt.MouseButton.LeftButton
    listed.verticalScrollBar().setValue(700)
    qtbot.mouseClick(listed.viewport(), left, pos=listed.middle(8))
    qtbot.mouseClick(listed.viewport(), left, SHIFT, listed.middle(11))
    assert listed.chosen() == [8, 9, 11]
    qtbot.mouseClick(listed.viewport(), left, CTRL, listed.middle(9))
    assert listed.chosen() == [8, 11]
    qtbot.mouseClick(listed.viewport(), left, pos=listed.middle(8))
    qtbot.keyClick(listed, KEY.Key_Down, SHIFT)
    assert listed.chosen() == [8, 9]
    qtbot.keyClick(listed, KEY.Key_End, SHIFT)
    assert len(listed.chosen()) == 29
    qtbot.keyClick(listed, KEY.Key_A, CTRL)
    assert len(listed.chosen()) == 36


def test_it_is_a_list_to_those_who_listen(listed):
    told = QAccessible.queryAccessibleInterface(listed)
    assert told.role() == QAccessible.Role.List
    assert told.childCount() == 40
    assert told.child(7).text(QAccessible.Text.Name) == "row 7"
    assert told.child(7).rect().height() == CARD
