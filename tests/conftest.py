"""How hard the laws are tried: enough to find a fault, few enough to be run on every change."""

from hypothesis import settings

settings.register_profile("laws", max_examples=30, deadline=None)
settings.load_profile("laws")
