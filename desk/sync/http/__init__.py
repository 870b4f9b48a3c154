"""HTTP to one server, and nothing that a browser would do beside: the one client of this program."""
