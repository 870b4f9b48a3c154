"""The centre's rows, on SQLAlchemy Core: SQLite as it comes, PostgreSQL where a banner grows."""
