"""帮助: the handbook's pages, for the window and for paper."""
