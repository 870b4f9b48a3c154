"""A centre as a node: its log and keys, what it takes, tells, answers and makes known."""
