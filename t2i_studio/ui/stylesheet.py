"""The stylesheet: control height 28, radius 6, a four-pixel grid, one look for every widget."""

import re
from dataclasses import asdict
from string import Template

from t2i_studio.core.paths import resource
from t2i_studio.ui.palette import Theme, mixed

# Content heights are 28 minus borders and padding; focus thickens the border to 2 px and takes
# the pixel out of the padding, so nothing moves.
_TEMPLATE = Template(
    """
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 6px; }

QMainWindow, QDialog { background: $window; }
QMainWindow::separator { background: $window; width: 6px; height: 6px; }
QMainWindow::separator:hover { background: $accent; }
QSplitter::handle { background: $hairline; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }

QDockWidget {
    color: $text; titlebar-close-icon: url($art/close-$name.svg);
    titlebar-normal-icon: url($art/float-$name.svg); }
QDockWidget::title { background: $panel; padding: 8px 12px; text-align: left; }
QDockWidget::close-button, QDockWidget::float-button {
    border: 0; padding: 0; icon-size: 16px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover {
    background: $hover; border-radius: 4px; }

QFrame[kind="panel"], QWidget[kind="panel"] { background: $panel; }
QFrame[kind="card"] {
    background: $raised; border: 1px solid $hairline; border-radius: 6px; }
QFrame[kind="popup"] {
    background: $raised; border: 1px solid $line; border-radius: 6px; }
QFrame[kind="popup"] QListView { background: transparent; }
QFrame[kind="chip"] { background: $selected; border: 0; border-radius: 6px; }
QFrame[kind="line"] { background: $hairline; border: 0; max-height: 1px; min-height: 1px; }

QLabel[kind="muted"], QLabel[kind="caption"] { color: $muted; }
QLabel[kind="danger"] { color: $danger; }
QLabel[kind="ok"] { color: $ok; }
QLabel[kind="warn"] { color: $warn; }
QLabel:disabled { color: $disabled; }

QPushButton {
    background: $control; color: $text; border: 1px solid $button_edge; border-radius: 6px;
    padding: 0 11px; min-height: 26px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:checked { background: $selected; border-color: $accent; }
QPushButton:focus { border: 2px solid $focus; padding: 0 10px; min-height: 24px; }
QPushButton:disabled { background: $control_off; color: $disabled; border-color: transparent; }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:focus { border-color: $text; }
QPushButton[large="true"] { min-height: 34px; }
QPushButton[large="true"]:focus { min-height: 32px; }
QPushButton[kind="primary"]:disabled {
    background: $control_off; color: $disabled; border-color: transparent; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; }
QPushButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:focus { border-color: $focus; }
QPushButton[kind="danger"] { color: $danger; }
QPushButton[kind="link"] {
    background: transparent; border-color: transparent; color: $accent; padding: 0 1px;
    font-weight: 600; }
QPushButton[kind="link"]:hover { background: $hover; }
QPushButton[kind="link"]:focus { border-color: $focus; padding: 0; }
QPushButton::menu-indicator { image: url($art/down-$name.svg); width: 16px; right: 6px; }

QToolButton {
    background: transparent; color: $text; border: 1px solid transparent; border-radius: 6px;
    padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $selected; border-color: $accent; }
QToolButton:focus { border: 2px solid $focus; padding: 3px; }
QToolButton:disabled { color: $disabled; }
QToolButton[kind="section"] { font-weight: 600; text-align: left; padding: 4px 4px; }
QToolButton[kind="section"]:checked { background: transparent; border-color: transparent; }
QToolButton[kind="section"]:hover { background: $hover; }
QToolButton[kind="section"]:focus { border: 2px solid $focus; padding: 3px; }
QToolButton[popupMode="1"] { padding-right: 18px; }
QToolButton::menu-indicator { image: none; }
QToolButton::menu-button { border: 0; width: 16px; }
QToolButton::menu-arrow { image: url($art/down-$name.svg); width: 16px; height: 16px; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $field; color: $text; border: 1px solid $line; border-radius: 6px;
    selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $muted; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { padding: 0 7px; min-height: 26px; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {
    border: 2px solid $focus; padding: 0 6px; min-height: 24px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: 3px; }
QLineEdit[invalid="true"] { border-color: $danger; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled,
QPlainTextEdit:disabled { color: $disabled; border-color: $hairline; background: $control_off; }
QLineEdit[kind="bare"] { background: transparent; border: 0; padding: 0; }

QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit,
QComboBox QLineEdit:focus { border: 0; padding: 0; min-height: 0; background: transparent; }
QSpinBox, QDoubleSpinBox { padding-right: 20px; max-height: 26px; }
QSpinBox:focus, QDoubleSpinBox:focus { padding-right: 19px; }
QSpinBox[default="true"], QDoubleSpinBox[default="true"] { color: $muted; }
QSpinBox::up-button, QDoubleSpinBox::up-button {
    subcontrol-origin: border; subcontrol-position: top right; width: 20px; height: 14px;
    border: 0; background: transparent; }
QSpinBox::down-button, QDoubleSpinBox::down-button {
    subcontrol-origin: border; subcontrol-position: bottom right; width: 20px; height: 14px;
    border: 0; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {
    image: url($art/up-$name.svg); width: 14px; height: 14px; top: 1px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {
    image: url($art/down-$name.svg); width: 14px; height: 14px; bottom: 1px; }
QSpinBox::up-arrow:off, QSpinBox::up-arrow:disabled,
QDoubleSpinBox::up-arrow:off, QDoubleSpinBox::up-arrow:disabled {
    image: url($art/up-off-$name.svg); }
QSpinBox::down-arrow:off, QSpinBox::down-arrow:disabled,
QDoubleSpinBox::down-arrow:off, QDoubleSpinBox::down-arrow:disabled {
    image: url($art/down-off-$name.svg); }

QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url($art/down-$name.svg); width: 16px; height: 16px; }
QComboBox::down-arrow:disabled { image: url($art/down-off-$name.svg); }
QComboBox QAbstractItemView {
    background: $raised; border: 1px solid $line; padding: 4px; outline: 0;
    selection-background-color: $selected; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 4px; border-radius: 4px; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 28px; color: $text; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 16px; height: 16px; border: 1px solid $line; background: $field; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked {
    background: $accent; border-color: $accent; image: url($art/check-$name.svg); }
QCheckBox::indicator:indeterminate {
    background: $accent; border-color: $accent; image: url($art/dash-$name.svg); }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 8px; height: 8px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $focus_on_accent;
    width: 14px; height: 14px; }
QRadioButton::indicator:checked:focus { border: 5px solid $focus_on_accent;
    width: 8px; height: 8px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    border-color: $hairline; background: $control_off; }

QSlider { min-height: 28px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $track; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -6px 0; border-radius: 8px; background: $knob;
    border: 1px solid $line; }
QSlider::handle:horizontal:hover { border-color: $accent; }
QSlider::handle:horizontal:focus { border: 2px solid $focus; width: 12px; height: 12px;
    border-radius: 8px; }
QSlider::sub-page:horizontal:disabled { background: $line; }

QProgressBar {
    border: 0; border-radius: 3px; background: $track; min-height: 6px; max-height: 6px;
    color: transparent; }
QProgressBar::chunk { border-radius: 3px; background: $accent; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $line; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }

QMenuBar { background: $window; padding: 2px 4px; }
QMenuBar::item { padding: 5px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { background: $raised; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 10px; border-radius: 4px; min-height: 18px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QMenu::right-arrow { image: url($art/right-$name.svg); width: 16px; height: 16px; }
QMenu::indicator { width: 16px; height: 16px; left: 6px; border-radius: 4px; }
QMenu::indicator:checked { background: $accent; image: url($art/check-$name.svg); }

QToolBar { background: $panel; border: 0; spacing: 4px; padding: 4px; }
QToolBar::separator { background: $hairline; width: 1px; height: 1px; margin: 4px; }
QStatusBar { background: $window; color: $muted; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $muted; }

QTabWidget::pane { border: 0; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $muted; padding: 0 10px; min-height: 28px;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { background: $selected; }
QGroupBox { border: 0; margin-top: 20px; padding: 4px 0 0 0; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; }

QAbstractItemView { background: $panel; alternate-background-color: $window; border: 0; outline: 0;
    selection-background-color: $selected; selection-color: $text; }
QListView[kind="strip"] { background: transparent; }
QListView[kind="strip"]::item:hover, QListView[kind="strip"]::item:selected {
    background: transparent; }
QListView::item, QTreeView::item { padding: 6px 8px; border-radius: 4px; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected { background: $selected; color: $text; }
QTableView { background: $panel; border: 1px solid $hairline; border-radius: 6px; }
QTableView:focus { border: 2px solid $focus; }
QTableView::item { padding: 0 8px; }
QTableView::item:selected { background: $selected; color: $text; }
QHeaderView { background: $panel; }
QHeaderView::section {
    background: $panel; color: $muted; border: 0; border-bottom: 1px solid $hairline;
    padding: 4px 8px 4px 11px; }
QTableView QTableCornerButton::section { background: $panel; border: 0; }
"""
)


def stylesheet(theme: Theme) -> str:
    """Fill the template with the colours of a theme."""
    colours = asdict(theme)
    return re.sub(
        r"\s+",
        " ",
        _TEMPLATE.substitute(
            colours,
            art=resource("ui").as_posix(),
            button_edge=theme.hairline,
            control_off=mixed(theme.panel, theme.control, 0.5),
            accent_pressed=mixed(theme.accent, theme.window, 0.2),
            focus_on_accent=theme.text,
            track=mixed(theme.panel, theme.line, 0.4),
            knob=theme.text if theme.is_dark else theme.panel,
            scroll=mixed(theme.panel, theme.line, 0.6),
        ),
    )
