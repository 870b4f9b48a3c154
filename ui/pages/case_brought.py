"""One material that was missing: brought or not, how many of it, its pictures, and whether the original went back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from desk.app.open_desk import Desk
from desk.counter.handling import brought
from desk.law.catalogue.item import Material, Need
from desk.log.events import TakenMaterial
from ui.dialogs.picture_dialog import PictureDialog
from ui.pages.material_line import MaterialLine


class BroughtLine(MaterialLine):
    """As the line of a checklist, without a reason why it is not here."""

    def __init__(self, desk: Desk, missing: TakenMaterial, tray: Callable[[], list[Path]], *, is_here: bool) -> None:
        material = Material(missing.code, missing.name, originals=1, need=Need.MAY_FOLLOW, returned=True)
        super().__init__(material, asks_why=False)
        self._desk, self._missing, self._tray = desk, missing, tray
        self.here.setChecked(is_here)
        self.pictures.connect(lambda _line: self._show_pictures())

    def brought(self) -> TakenMaterial:
        """What came, as it is written down."""
        tick = self.tick()
        came = brought(self._missing, tick.originals, tick.copies)
        return msgspec.structs.replace(came, files=tick.files, returned=tick.given_back)

    def _show_pictures(self) -> None:
        dialog = PictureDialog(self, self._desk, self._missing.name, self.files, self._tray)
        dialog.changed.connect(self.set_files)
        dialog.open()
        dropped, self.dropped = self.dropped, []
        dialog.add_files(dropped)
