"""Tables of the schema that stand apart from it, because they came later."""
