"""The windows of one hall: what both wrote of one case, who works at whose cases, drafts that were passed on."""
