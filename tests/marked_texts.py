"""Find the texts that people see, in the code: those marked for translation, and the others."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

MARKS = {"tr", "later"}
# Whatever these are given is shown to people.
SHOWING = {
    *("setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setWindowTitle"),
    *("setPlaceholderText", "setTitle", "setStatusTip", "setWhatsThis", "setInformativeText"),
    *("setPrefix", "setSuffix", "setSpecialValueText", "setDetailedText", "setLabelText"),
    *("setTabText", "setTabToolTip", "setItemText", "showMessage", "show_message"),
    *("set_empty_text", "addRow", "addTab", "addItem", "addAction", "addMenu", "addButton"),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QDockWidget"),
    *("QFileDialog", "QMessageBox", "Section", "ElidedLabel", "tool_button", "Notice", "Chip"),
    *(
        "__init__",
        "StudioError",
        "UserError",
        "MachineError",
        "InternalError",
        "Command",
        "Menu",
        "Listing",
    ),
}
STARTS_WITH_A_NAME = {"Command", "tool_button"}  # which is not shown
SHOWN_AS = {"text", "title", "tip", "tooltip", "placeholder", "empty_text", "hint", "name", "label"}
# Said to whoever reads the log or the traceback, in English.
FOR_PROGRAMMERS = {
    *("debug", "info", "warning", "error", "exception", "critical", "compile", "execute"),
    *("RuntimeError", "ValueError", "TypeError", "KeyError", "AssertionError", "LookupError"),
    *("NotImplementedError", "IndexError", "Template", "fromSvg", "resource", "setObjectName"),
}
LETTER = re.compile(r"[^\W\d_]")
FILE_NAME = re.compile(r"[\w-]+\.\w{2,4}")
PROSE = re.compile(r"[^\W\d_]{2,}[,;:]? [^\W\d_]{2,}")


def marked(source: str) -> set[str]:
    """Return every text in `tr("...")` and `later("...")`."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    texts = (call.args[0] for call in calls if _called(call) in MARKS and call.args)
    return {t.value for t in texts if isinstance(t, ast.Constant) and isinstance(t.value, str)}


def unmarked(source: str, allowed: set[str] = frozenset()) -> list[str]:
    """Return "line: text" for every text that is shown, or reads like one, and is not marked."""
    found: dict[tuple[int, str], None] = {}
    for node in _outside_marks(ast.parse(source)):
        for text in _shown(node):
            found[text.lineno, _words(text)] = None
    return [f"{line}: {text}" for line, text in sorted(found) if text not in allowed]


def _shown(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call) and _called(node) in SHOWING:
        given = node.args[_called(node) in STARTS_WITH_A_NAME :]
        given += [word.value for word in node.keywords if word.arg in SHOWN_AS]
        yield from (a for a in given if _is_text(a) and _is_worded(_words(a)))
    if isinstance(node, ast.expr) and _is_text(node) and PROSE.search(_words(node)):
        yield node


def _is_worded(text: str) -> bool:
    return bool(LETTER.search(text)) and not FILE_NAME.fullmatch(text)


def _outside_marks(node: ast.AST) -> Iterator[ast.AST]:
    """Go through everything but marks, docstrings, types and what only programmers read."""
    if isinstance(node, ast.Call) and _called(node) in MARKS | FOR_PROGRAMMERS:
        for word in node.keywords:
            yield from _outside_marks(word.value)
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Assert):
        return
    yield node
    if isinstance(node, ast.JoinedStr):
        parts = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
    else:
        parts = [p for p in ast.iter_child_nodes(node) if not _is_annotation(node, p)]
    for part in parts:
        yield from _outside_marks(part)


def _is_annotation(node: ast.AST, part: ast.AST) -> bool:
    return part in (getattr(node, "annotation", None), getattr(node, "returns", None))


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _is_text(node: ast.AST) -> bool:
    is_constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_constant or isinstance(node, ast.JoinedStr)


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    return "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)


def files(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))
