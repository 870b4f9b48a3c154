"""What lists, counts and reports ask of the centre's tables."""
