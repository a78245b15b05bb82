"""What a well's oil, gas and water are at the pressure and temperature of the pump.

Every function is one correlation under its author's name, with the range of its data. `at` takes a
column of wells and a set of `Correlations`, and gives every property with what lies outside of its
data. Pressures are absolute; ratios of gas to oil are of volumes at one pair of standard
conditions. Undefined is NaN; outside the range of the data the number comes out all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pumpperf.rooms import exports

if TYPE_CHECKING:
    from pumpperf.calc.fluids.conditions import FluidsAt, at
    from pumpperf.calc.fluids.correlations import PUMPPERF_FLUIDS_2026, Correlations
    from pumpperf.calc.fluids.volumes import Volumes, volumes_at
else:
    __getattr__ = exports(__name__, "conditions", "correlations", "volumes")

__all__ = ["PUMPPERF_FLUIDS_2026", "Correlations", "FluidsAt", "Volumes", "at", "volumes_at"]
