"""Every icon that the window's code names is there: a name without a file breaks a page only where that button is."""

from __future__ import annotations

import ast
from pathlib import Path

import resources
import ui

MAKERS = {"plain_button", "primary_button", "Chip", "EmptyState", "icon"}


def test_every_button_names_an_icon_that_is_there() -> None:
    named = set()
    for path in Path(ui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                at = 0 if node.func.id in ("EmptyState", "icon") else 2
                given = [*node.args[at : at + 1], *(one.value for one in node.keywords if one.arg == "icon")]
                named |= {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    named.discard("")
    assert len(named) > 20
    there = {path.stem for path in (Path(resources.__file__).parent / "icons").glob("*.svg")}
    assert named - there == set()
