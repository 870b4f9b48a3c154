"""The centre's pages: for staff behind a login, and for everybody. Rendered here, readable without script."""
