"""A submersible pump with a fault, and what its instruments would show; nothing of the library.

Two stages of the unifloc catalogue (MIT, R. Khabibullin): Lemaz 5A-100 (2753), whose power rises
with the rate, and Reda AN550 at 60 Hz (685), whose power hardly does.
"""

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq


def numbers(words):
    return [float(word) for word in words.split()]


LEMAZ = {
    "ID": 2753,
    "freq_Hz": 50,
    "slip_nom_rpm": 2910,
    "rate_opt_min_sm3day": 75.0,
    "rate_opt_max_sm3day": 125.0,
    "rate_points": numbers(
        "0.0 9.94 19.87 29.81 40.51 50.06 60.38 69.94 75.29 80.25 90.19 100.51 110.06 120.38 "
        "130.7 140.25 150.57 160.51 170.45 175.03"
    ),
    "head_points": numbers(
        "7.87 7.87 7.84 7.82 7.77 7.73 7.66 7.54 7.44 7.35 7.12 6.8 6.41 5.88 5.13 4.24 3.18 "
        "1.97 0.66 0.0"
    ),
    "power_points": numbers(
        "0.0925 0.0983 0.1054 0.11 0.1135 0.1147 0.1182 0.1217 0.1241 0.1273 0.1334 0.1406 "
        "0.1463 0.1533 0.1592 0.1662 0.1721 0.1744 0.1744 0.1744"
    ),
    "eff_points": numbers(
        "0.0 0.077 0.159 0.239 0.314 0.379 0.44 0.487 0.508 0.524 0.545 0.55 0.548 0.527 0.478 "
        "0.407 0.318 0.201 0.068 0.0"
    ),
}
AN550 = {
    "ID": 685,
    "freq_Hz": 60,
    "slip_nom_rpm": 3500,
    "rate_opt_min_sm3day": 63.594918,
    "rate_opt_max_sm3day": 111.2911065,
    "rate_points": numbers(
        "5.0 10.0 14.0 19.0 24.0 29.0 33.0 38.0 43.0 48.0 52.0 57.0 62.0 67.0 72.0 76.0 81.0 "
        "86.0 91.0 95.0 100.0 105.0 110.0 114.0 119.0 124.0 129.0 134.0 138.0"
    ),
    "head_points": numbers(
        "6.775 6.7567 6.7147 6.6525 6.5734 6.4803 6.3757 6.2614 6.1391 6.0096 5.8736 5.7308 "
        "5.5808 5.4225 5.2544 5.0745 4.8806 4.6703 4.4407 4.1889 3.9123 3.6079 3.2733 2.9063 "
        "2.5053 2.0694 1.5983 1.0929 0.5554"
    ),
    "power_points": numbers(
        "0.0757380524 0.0763979621 0.0768180505 0.0773535501 0.0782160992 0.0795012171 "
        "0.0812135707 0.0832900335 0.0856205358 0.0880667083 0.0904783163 0.0927074866 "
        "0.0946207264 0.0961087338 0.0970940009 0.0975362082 0.0974354116 0.0968330209 "
        "0.0958105707 0.0944862831 0.0930094224 0.0915524419 0.0903009224 0.089441303 "
        "0.089146404 0.0895587412 0.0907716331 0.0928080989 0.0955975498"
    ),
    "eff_points": numbers(
        "0.0484432926 0.0957898352 0.1420105051 0.1862959497 0.2275648505 0.264858647 "
        "0.2976006605 0.3256926144 0.3494668934 0.3695518109 0.3867135678 0.4017187297 "
        "0.4152342817 0.4277625742 0.4395993322 0.4508017283 0.461156646 0.4701444003 "
        "0.4768997804 0.4801807452 0.4783656029 0.4695102035 0.45150165 0.4223334699 "
        "0.3804876151 0.3253416887 0.2574537622 0.1785655419 0.091245809"
    ),
}


class Stage:
    """A sound stage, and what each fault makes of its head and power at the surface's rate."""

    def __init__(self, entry):
        rate = entry["rate_points"]
        self.head = PchipInterpolator(rate, entry["head_points"], extrapolate=False)
        self.power = PchipInterpolator(rate, entry["power_points"], extrapolate=False)
        self.speed_rpm = entry["slip_nom_rpm"]
        fine = np.linspace(rate[0], rate[-1], 4001)
        self.bep = fine[np.nanargmax(fine * self.head(fine) / self.power(fine))]

    def sound(self, rate, _size=0.0):
        return self.head(rate), self.power(rate)

    def leak(self, rate, size):
        """Liquid is lost through an opening: its rate goes with the root of the head."""
        through = np.array([self._through(q, size) for q in np.atleast_1d(rate)])
        return self.head(through), self.power(through)

    def _through(self, rate, size):
        def surplus(through):
            return through - rate - size * self.bep * np.sqrt(self.head(through) / self._best())

        return brentq(surplus, max(rate, self.head.x[0]), self.head.x[-1])

    def _best(self):
        return self.head(self.bep)

    def wear(self, rate, size):
        """Vanes give less head at the same power, and clearances let some liquid back."""
        head, power = self.leak(rate, size / 4.0)
        return (1.0 - size) * head, power

    def plugging(self, rate, size):
        """A throttle at the intake, between the gauges."""
        lost = size * self._best() * (np.asarray(rate) / self.bep) ** 2
        return self.head(rate) - lost, self.power(rate)

    def gas(self, rate, size):
        """All that passes is liquid and gas; heads are told as if it were liquid."""
        through, weaker = np.asarray(rate) / (1.0 - size), (1.0 - size) * (1.0 - 1.5 * size)
        return weaker * self.head(through), weaker * self.power(through)

    def frequency(self, rate, size):
        """Turns at another speed than stated."""
        own = np.asarray(rate) / size
        return size**2 * self.head(own), size**3 * self.power(own)

    def shaft(self, rate, size):
        """Only so many stages still turn."""
        return size * self.head(rate), size * self.power(rate)

    def rotation(self, rate, size):
        """Backwards: less head and rate, at little less power; no law is known for it."""
        return size * self.head(np.asarray(rate) / 0.75), 0.95 * self.power(rate)

    def viscosity(self, rate, size):
        """HI 9.6.7, written down once more."""
        hourly, rpm = self.bep / 24.0, self.speed_rpm
        b = 16.5 * size**0.5 * self._best() ** 0.0625 / (hourly**0.375 * rpm**0.25)
        c_q = np.exp(-0.165 * np.log10(b) ** 3.15) if b > 1.0 else 1.0
        c_eta = b ** (-0.0547 * b**0.69) if b > 1.0 else 1.0
        water = np.asarray(rate) / c_q
        c_h = 1.0 - (1.0 - c_q) * (water / self.bep) ** 0.75
        return c_h * self.head(water), c_q * c_h / c_eta * self.power(water)
