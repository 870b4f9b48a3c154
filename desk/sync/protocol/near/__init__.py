"""Between windows of one hall: parcels, and the list of who they are."""
