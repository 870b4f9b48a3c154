"""Sums of money as papers write them."""
