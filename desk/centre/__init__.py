"""The receiving service and its web pages: another process, the same rules and the same log."""
