"""Running a centre: settings, who may in, limits, health, copies."""
