"""The documents of the counter, drawn by a pen of our own: facts in, PDF bytes out."""
