"""What a township's desk exchanges with the centre for its villages."""
