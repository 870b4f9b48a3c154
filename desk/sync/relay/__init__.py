"""Sticks of villages, carried by their township."""
