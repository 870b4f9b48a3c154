"""The desk's log and the tables that its screens read."""
