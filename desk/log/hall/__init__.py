"""What entries about the windows of one hall carry."""
