"""What is set right before anything of the window is loaded, so that it opens at once."""

from __future__ import annotations

import builtins
import gc

_NEW = 100_000  # objects that come before the youngest are looked through: more than a start makes and keeps


def do() -> None:
    """What a start makes lasts: it is not looked through for circles, which Python's own 700 does hundreds of times;
    once there is a window, `ui.tasks` sweeps. And PySide reads
    the source of every module that is imported after it, to see whether that module may ask for `__feature__`; none of
    ours does, and three hundred are read. Python's own import is put back."""
    gc.set_threshold(_NEW, *gc.get_threshold()[1:])
    import PySide6.QtCore  # noqa: F401 - it brings the hook

    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None and builtins.__import__ is getattr(builtins, "__feature_import__", None):
        builtins.__import__ = plain
