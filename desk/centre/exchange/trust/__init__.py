"""Whom a centre believes: codes, who reads a point's past, for whom a node signed, heads that nodes signed."""
