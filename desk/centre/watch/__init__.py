"""Watching over the work: cards, figures, reports, and what is handed to the platform above."""
