"""Numbers for which a float has no digits left once they are in another unit."""


def is_tiny(value):
    """Whether such a number stands anywhere in a record."""
    if isinstance(value, dict):
        return any(map(is_tiny, value.values()))
    if isinstance(value, tuple | list):
        return any(map(is_tiny, value))
    return isinstance(value, float) and 0.0 < abs(value) < 1e-300
