"""A new PC at a window is given all of the point's by its neighbours, while the centre cannot be reached."""
