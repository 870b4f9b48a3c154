"""The print shop of one office: what is kept, and what is drawn when it is wanted."""

from __future__ import annotations

from desk.papers.kept_papers import KeptPapers
from desk.papers.township.counter_papers import CounterPapers


class Papers(KeptPapers, CounterPapers):
    """All papers that a counter gives out."""
