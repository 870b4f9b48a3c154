"""What must be asked before something is overwritten or taken in twice."""
