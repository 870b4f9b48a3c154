"""What a desk believes of whom: contradictions that it saw, heads that others sign, the version its centre speaks."""
