"""What hangs on the vault besides the accounts: the way back through the centre, and passwords that were wrong."""
