"""Several hosts of one centre: how one more gets the secrets, and who of them does what is done once."""
