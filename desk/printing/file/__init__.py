"""The file that a paper becomes: a PDF 1.7 with its structure (PDF/A-2a, PDF/UA-1), written from what the pen drew."""
