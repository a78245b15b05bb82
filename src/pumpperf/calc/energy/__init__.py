"""Energy from a power log, what it cost, and what work it did."""

from pumpperf.calc.energy.log import (
    Energy,
    energy_kwh,
    lift_energy_kwht100m,
    specific_energy_kwhm3,
)

__all__ = ["Energy", "energy_kwh", "lift_energy_kwht100m", "specific_energy_kwhm3"]
