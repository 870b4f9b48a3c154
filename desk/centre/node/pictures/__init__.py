"""Pictures of a centre, wherever they lie: laid before their row names them, read with their hash looked at."""
