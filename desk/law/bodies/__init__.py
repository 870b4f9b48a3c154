"""The register of bodies 机构: who there is, whose people each serves, and which of them is competent for an item."""
