"""The print shop of one office: what is kept, and what is drawn when it is wanted."""

from __future__ import annotations

from desk.papers.kept_papers import KeptPapers
from desk.papers.made_papers import MadePapers


class Papers(KeptPapers, MadePapers):
    """All papers that a counter gives out."""
