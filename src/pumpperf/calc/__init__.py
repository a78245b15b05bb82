"""Numbers in, numbers out: pure, vectorised calculators that know nothing of rows."""
