"""Where the bytes of pictures lie: in the database, in a folder, in an S3-compatible store; sealed, by their hash."""
