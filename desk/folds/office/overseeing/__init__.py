"""What oversees the offices beside the cards: the banner's rulebook, checklists by regime, faults and their mending."""
