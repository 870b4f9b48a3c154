"""What a host of the centre holds for itself: its secrets, and how far it knows the centre's log."""
