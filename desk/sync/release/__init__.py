"""A new version of the program, fetched of the centre."""
