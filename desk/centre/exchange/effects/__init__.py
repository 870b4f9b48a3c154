"""What comes of what nodes say: entries without effect, cases that arrive; of one batch, or of many together."""
