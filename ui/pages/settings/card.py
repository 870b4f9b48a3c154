"""What every card of the settings is."""

from __future__ import annotations

from typing import Any, NamedTuple

from desk.counter.office.backup_notes import Backup
from desk.counter.office.office_settings import Settings
from desk.store.account import Account
from ui.widgets.basic import Card


class Listed(NamedTuple):
    """What the cards list besides settings."""

    people: tuple[Account, ...] = ()
    backups: tuple[Backup, ...] = ()
    guessed: str = ""


class SettingsCard(Card):
    """A card: it shows what is in force, and says what was chosen on it. Each of them only what it holds."""

    def show_settings(self, settings: Settings) -> None:
        """What is in force, when the page is shown."""

    def show_listed(self, listed: Listed) -> None:
        """Lists, whenever they changed. Nothing that may be half typed is touched."""

    def chosen(self) -> dict[str, Any]:
        """Fields of the settings that are kept as soon as they are chosen."""
        return {}
