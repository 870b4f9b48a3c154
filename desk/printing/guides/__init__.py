"""服务指南: what its sections say, and how they stand in Mongolian columns."""
