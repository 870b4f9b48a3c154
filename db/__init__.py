"""Rows: opening, keys, migrations, queries. No rules."""
