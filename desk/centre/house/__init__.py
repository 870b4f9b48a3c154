"""Many centres in one service, told apart by the host's name that is asked for: each with its own folder, keys,
database, settings, limits and backups, and a fair share of the process."""
