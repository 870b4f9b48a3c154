"""New versions of the desks' program, on their way through the centre."""
