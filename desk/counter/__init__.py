"""What is done at a counter: a use case a module, each over the same session."""
