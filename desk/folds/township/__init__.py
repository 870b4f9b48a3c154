"""What a township's desk and its centre say to each other: adjustments of items, government information 政务信息."""
