"""Records of the other Beep projects: read into rows, and rows written as they expect them."""
