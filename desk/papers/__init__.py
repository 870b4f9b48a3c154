"""The documents of the counter, each a few blocks; drawn by `desk.printing.document`."""
