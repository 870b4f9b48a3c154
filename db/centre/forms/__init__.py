"""What staff typed and is not done yet."""
