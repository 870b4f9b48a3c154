"""What editors of a centre prepare beside its log, until they publish it."""
