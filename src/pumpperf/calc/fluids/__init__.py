"""What a well's oil, gas and water are at the pressure and temperature of the pump.

Every function is one correlation under its author's name, with the range of its data; nothing is
chosen for the caller. Pressures are absolute; ratios of gas to oil are of volumes at one pair of
standard conditions. Undefined is NaN; outside the range of the data the number comes out all the
same.
"""

from __future__ import annotations

from pumpperf.rooms import rooms

__getattr__, __dir__ = rooms(__name__)
