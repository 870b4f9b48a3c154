"""One hall: the windows of a township meet on the hall's own wire, with the line to the banner or without."""
