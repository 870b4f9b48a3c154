"""What a node keeps: entries and their chain, their kinds, the keys that sign them, the receipt's code."""
