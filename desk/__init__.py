"""What the application knows and does. No Qt."""

from db import first_decode

__version__ = "0.1.0"
first_decode.one_at_a_time()
