"""How the demonstration comes about: four months of a village and its centre, lived through day by day in a process of
its own. The only room that knows both sides; nobody imports it."""
