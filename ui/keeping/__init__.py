"""What keeps a desk safe, on screen: backups by the day, the second place, the way back."""
