"""What the application knows and does. No Qt."""

__version__ = "0.1.0"
