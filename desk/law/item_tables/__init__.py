"""Tables and guides of items as offices publish them: what each cell means, and items written out as such tables."""
