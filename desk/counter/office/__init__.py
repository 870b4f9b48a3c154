"""What a counter needs besides cases: accounts, settings, texts, backups, the exchange with its centre."""
