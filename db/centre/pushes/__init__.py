"""What many desks send at once, in few statements."""
