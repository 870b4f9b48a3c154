"""The questions that a desk asks of its tables, one module a kind of thing. Rows in, rows out: no rule is decided here.

Every function takes a database inside a transaction of `db.opening.Rooms`.
"""
