"""A style in which nothing moves, as a system asks for it whose user wants that."""

from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget


def hold_still(widget: QWidget) -> None:
    style = _StillStyle()
    style.setParent(widget)  # which draws with it to its end
    widget.setStyle(style)


class _StillStyle(QProxyStyle):
    def styleHint(  # noqa: N802  # Qt's name
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, returned)
