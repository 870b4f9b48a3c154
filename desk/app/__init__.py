"""The open desk: all rooms together, how it is opened, practised, shown and called from a terminal."""
