"""What a sync has to do next, asked of the store in one go."""
