"""What offices send, made into rows of ours: columns by meaning, cells mended or named, nothing left out in silence."""
