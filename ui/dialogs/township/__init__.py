"""What a township does for its villages, and what it hands to its centre."""
