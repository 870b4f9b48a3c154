"""Blocks of a document that are drawn on a sheet: tables, the end of a paper, and the type that a paper is set in."""
