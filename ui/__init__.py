"""Qt widgets only: draws, listens, calls desk."""
