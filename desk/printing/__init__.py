"""The documents of the counter, drawn with reportlab: facts in, PDF bytes out."""
