"""Kept papers and pictures by their hash, between the windows of a hall."""
