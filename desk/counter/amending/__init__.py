"""What was taken in wrong is put right; what was taken in once is done again."""
