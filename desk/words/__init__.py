"""What writing knows: characters, names, search keys, spreadsheets, font files."""
