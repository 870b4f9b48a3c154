"""What an act changed, as facts: a page looks again only for what concerns it."""

from __future__ import annotations

import enum


class Changes(enum.Flag):
    """Kinds of things that may be another than before. What is written to the log also waits for the next sync."""

    NOTHING = 0
    CASES = enum.auto()
    PEOPLE = enum.auto()
    PAPERS = enum.auto()
    VISITS = enum.auto()
    TRIPS = enum.auto()
    ROLLS = enum.auto()
    AGENTS = enum.auto()
    WORDS = enum.auto()  # items, guides, Mongolian words
    LOOKS = enum.auto()  # that somebody looked at a full number, and why
    DRAFTS = enum.auto()
    SETTINGS = enum.auto()
    BACKUPS = enum.auto()
    SYNC = enum.auto()  # what the centre has, and what was said of it
    ENTRIES = CASES | PEOPLE | PAPERS | VISITS | TRIPS | ROLLS | AGENTS | WORDS | LOOKS
    ALL = ENTRIES | DRAFTS | SETTINGS | BACKUPS | SYNC
