"""Papers as OFD (GB/T 33190-2016), the form in which offices exchange and keep: what stands on the pages of our PDF."""
