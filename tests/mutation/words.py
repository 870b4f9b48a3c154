"""Mutants that change only words which people read: a Chinese text, the name of one, or an argument that is one.

The tests look for some of these words and not for all, and should not: an error's text may change without a fault.
"""

from __future__ import annotations

import ast
import re

_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_ORIGINAL = "__mutmut_orig"


def only_words(code: str) -> frozenset[str]:
    """Names of the mutants in `code`, a file of mutmut's, that are their original but for Chinese words."""
    module = _Named().visit(ast.parse(code))
    made = {one.name: one for one in ast.walk(module) if isinstance(one, ast.FunctionDef)}
    originals = {name.removesuffix(_ORIGINAL): one for name, one in made.items() if name.endswith(_ORIGINAL)}
    found = set()
    for name, one in made.items():
        original = originals.get(name.rpartition("__mutmut_")[0])
        if original is not None and one is not original and _alike(original.body, one.body):
            found.add(name)
    return frozenset(found)


class _Named(ast.NodeTransformer):
    """Puts a text where a module's own name for it stands: `_KEPT` of an error is words too."""

    def __init__(self) -> None:
        self._texts: dict[str, ast.Constant] = {}

    def visit_Module(self, node: ast.Module) -> ast.AST:
        for one in node.body:
            match one:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() as text) if _is_words(text):
                    self._texts[name] = text
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._texts.get(node.id, node) if isinstance(node.ctx, ast.Load) else node


def _alike(one: object, other: object) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return _lists_alike(one, other)
    if _is_words(one) and not isinstance(one, ast.keyword):
        return isinstance(other, ast.Constant | ast.JoinedStr)
    if isinstance(one, ast.AST) and type(one) is type(other):
        return all(_alike(getattr(one, name, None), getattr(other, name, None)) for name in one._fields)
    return one == other


def _lists_alike(one: list[object], other: list[object]) -> bool:
    """Words that are gone altogether are words too: `refuse(code, "不行")` made `refuse(code)`."""
    if len(one) == len(other):
        return all(_alike(*pair) for pair in zip(one, other, strict=True))
    gone = [at for at, node in enumerate(one) if _is_words(node)]
    return len(one) == len(other) + 1 and any(_lists_alike(one[:at] + one[at + 1 :], other) for at in gone)


def _is_words(node: object) -> bool:
    """A text in Chinese, or a keyword's that is one."""
    match node:
        case ast.keyword():
            return _is_words(node.value)
        case ast.Constant(value=str() as text):
            return bool(_CHINESE.search(text))
        case ast.JoinedStr():
            return any(_is_words(part) for part in node.values)
        case _:
            return False
