"""The only rooms that touch the world, each behind an extra and imported by nothing above."""
