"""What a township does for its villages."""
