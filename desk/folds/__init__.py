"""What entries add up to, by pure functions: a case and its clocks, the records of a point and of an office."""
