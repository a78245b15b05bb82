"""The doors: rows translated for the outside, still without I/O."""
