"""What the pen draws and knows besides words: what each thing on a page belongs to, and codes."""
