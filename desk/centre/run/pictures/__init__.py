"""Pictures that lie outside the database, in bulk: swept, moved, looked through, copied into backups and back."""
