"""Where the service keeps things: the tables' base, the engines, and the one place that commits."""
