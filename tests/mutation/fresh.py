"""A plugin of pytest for mutants: each is tested in a copy of a process that ran all tests before, so what that kept
must go. Else a mutated function would never be called again: its old answer stands in a cache, or in a test's module.
"""

from __future__ import annotations

import sys


def pytest_sessionstart() -> None:
    """Forget what our functions remember, and the tests' modules: they are read again under the mutant."""
    for name, module in list(sys.modules.items()):
        if name.rpartition(".")[2].startswith("test_"):
            del sys.modules[name]
        elif name.partition(".")[0] in ("desk", "db", "resources"):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if callable(clear):
                    clear()
