"""Lists of any size, fetched as they are scrolled."""
