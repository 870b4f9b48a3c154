"""What law and the state fix: codes, numbers, divisions, holidays, deadlines, the catalogue."""
