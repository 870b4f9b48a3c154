"""The list of items written out for everybody: a static site, a book, sheets for notice boards."""
