"""Laws as facts: which there are, which articles they have, when they are in force; and citations of them."""
