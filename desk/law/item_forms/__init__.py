"""An item as a form shows it: its lists row by row, two versions of it side by side."""
