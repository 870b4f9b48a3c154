"""Papers of the organ: the centre prints the original, the point a copy that says so; both out of the same entries."""
