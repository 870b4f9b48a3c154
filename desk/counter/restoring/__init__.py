"""The way back: what may stand in for a lost or damaged database, and the one road that all ways to it share."""
