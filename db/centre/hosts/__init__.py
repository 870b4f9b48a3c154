"""What several hosts of one centre share in its database: whose secrets open it, who lets one in, who does what."""
