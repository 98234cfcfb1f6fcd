import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from t2i_studio.ui.widgets.lasso import Lasso


@pytest.fixture
def lasso(qapp: QApplication) -> Lasso:
    lasso = Lasso()
    lasso.press(QPointF(10, 10))
    return lasso


def test_a_small_move_is_a_click(lasso: Lasso) -> None:
    assert not lasso.draw_on(QPointF(12, 11))
    assert lasso.take().shape == (0, 2)
    assert not lasso.is_held


def test_a_loop_begins_where_the_mouse_was_pressed(lasso: Lasso) -> None:
    assert lasso.draw_on(QPointF(40, 10))
    assert not lasso.draw_on(QPointF(42, 11))  # too near for another corner
    assert lasso.draw_on(QPointF(45, 12))
    assert lasso.take().tolist() == [[10, 10], [40, 10], [45, 12]]
    assert lasso.corners == ()


def test_nothing_is_drawn_without_the_button(lasso: Lasso) -> None:
    lasso.take()
    assert not lasso.draw_on(QPointF(90, 90))
