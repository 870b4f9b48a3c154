"""Numbers and money as people write them."""
