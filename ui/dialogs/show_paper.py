"""A paper is made in the background and shown in a window of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desk.store.snapshots import PaperOut
from ui.changes import Changes
from ui.dialogs.paper_view import PaperDialog
from ui.operations import Operation


def show_paper(owner: QWidget, make: Callable[[], PaperOut], changes: Changes = Changes.PAPERS) -> Operation[PaperOut]:
    """The operation that makes a paper and shows it over `owner`; it waits to be run."""
    return Operation(owner, make, changes).success(lambda paper: PaperDialog(owner, paper).open())
