"""Papers that a township makes for its villages, and any counter for itself."""
