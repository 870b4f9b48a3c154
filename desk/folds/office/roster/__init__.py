"""Who holds which post 岗位 of a body, and whose turn a case is."""
