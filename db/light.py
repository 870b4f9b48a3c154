"""sqlite-utils without what only its command line and a question that nobody asks here would use.

Half of its loading, and with it a twentieth of a start, is the library that reads dates of any kind, for recipes, and
one pattern by which the module of a virtual table is told: its letters up to U+FFFF are folded one by one. Both are
there for whoever uses them, and made then.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import importlib.util
import re
import sys
from collections.abc import Iterator
from typing import Any

_DATES, _PATTERNS = "dateutil.parser", "sqlite_utils.db"


def _put_off(name: str) -> None:
    """Have the module `name` there for whoever imports it, and loaded when something of it is first used."""
    package, _, last = name.rpartition(".")
    found = importlib.util.find_spec(name)
    if name in sys.modules or found is None or found.loader is None:
        return
    found.loader = importlib.util.LazyLoader(found.loader)
    module = sys.modules[name] = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    setattr(importlib.import_module(package), last, module)


class _Pattern:
    """A pattern that is compiled when it is first used."""

    def __init__(self, *words: Any) -> None:
        self._words = words

    @functools.cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._words)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled, name)


@contextlib.contextmanager
def _compiled_when_used(module: str) -> Iterator[None]:
    """While `module` is loaded, its patterns are put off; those of anybody else, on any thread, are not."""
    real = re.compile

    def compiled(pattern: Any, flags: Any = 0) -> Any:
        asks = sys._getframe(1).f_globals.get("__name__")
        return _Pattern(pattern, flags) if asks == module else real(pattern, flags)

    re.compile = compiled
    try:
        yield
    finally:
        re.compile = real


_put_off(_DATES)
with _compiled_when_used(_PATTERNS):
    from sqlite_utils import Database, Migrations

__all__ = ["Database", "Migrations"]
