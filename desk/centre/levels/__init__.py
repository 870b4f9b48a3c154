"""Between centres: what goes on to the level above, what comes from it, what is taken back from it."""
