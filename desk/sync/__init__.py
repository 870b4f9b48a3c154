"""Log, batch, client, courier: how entries travel."""
