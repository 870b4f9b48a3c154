"""What only a township's desk does: look after its villages."""
