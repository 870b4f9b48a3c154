"""The line to the centre's database: its address, how a connection is made, and what it waits for at most."""
