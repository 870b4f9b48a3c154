"""How the window looks and speaks: colours, type, drawings, words."""
