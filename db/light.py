"""sqlite-utils without what its command line alone uses: reading dates of any kind takes a fifth of its loading."""

from __future__ import annotations

import importlib
import importlib.util
import sys

_DATES = "dateutil.parser"


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


_put_off(_DATES)
from sqlite_utils import Database, Migrations  # noqa: E402 - after that

__all__ = ["Database", "Migrations"]
