"""What a centre believes of whom: heads that nodes signed, codes that are still good."""
