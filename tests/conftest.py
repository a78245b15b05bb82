"""How hard the laws are tried: enough to find a fault, few enough to be run on every change."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "laws",
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # of a busy machine, not of a law
)
settings.load_profile("laws")
