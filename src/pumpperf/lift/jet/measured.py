"""Tests of jet pumps as the era fit sees them: the measured, and what the equations make of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pumpperf.assumptions import JetLosses
from pumpperf.lift.jet.cunningham import velocity_pressure_kpa
from pumpperf.numeric import BoolArray, FloatArray, ratio


@dataclass(frozen=True, slots=True, eq=False)
class JetTests:
    """Tests of jet pumps, one entry a test; velocities as roots of their velocity pressures.

    Attributes:
        power_fluid: measured rate.
        discharge: measured pressure.
        driving: nozzle minus intake pressure.
        intake: pressure.
        share: nominal nozzle area over throat area.
        suction: velocity of the produced liquid in the suction annulus.
        rate_of: rate through the nominal nozzle of a velocity of 1.
        rate_weight: inverse uncertainty of the rate.
        pressure_weight: inverse uncertainty of the discharge pressure.
        kept: 1 + loss of the nozzle.
        drawn: 1 where the nozzle discharges against the throat entry, 0 where against the intake.
    """

    power_fluid: FloatArray
    discharge: FloatArray
    driving: FloatArray
    intake: FloatArray
    share: FloatArray
    suction: FloatArray
    rate_of: FloatArray
    rate_weight: FloatArray
    pressure_weight: FloatArray
    kept: FloatArray
    drawn: FloatArray

    def of(self, chosen: BoolArray) -> JetTests:
        """The chosen tests alone."""
        return JetTests(*(getattr(self, name)[chosen] for name in self.__slots__))

    def velocities(self, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Of the jet, which the pressures give, and of both streams in the throat."""
        factor, _, suction = theta.T
        entry = self.drawn * (1.0 + suction) * self.suction**2
        jet = np.sqrt((self.driving + entry) / self.kept)
        return jet, self.share * factor * jet + (1.0 - self.share) * self.suction

    def residuals(self, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Measured minus predicted rate of power fluid and discharge pressure."""
        factor, mixing, suction = theta.T
        jet, throat = self.velocities(theta)
        entry = self.intake - (1.0 + suction) * self.suction**2
        thrust = self.share * factor * jet**2 + (1.0 - self.share) * self.suction**2
        pressure = entry + 2.0 * thrust - (1.0 + mixing) * throat**2
        return self.power_fluid - factor * self.rate_of * jet, self.discharge - pressure

    def slopes(self, theta: FloatArray, terms: int) -> FloatArray:
        """Weighted derivatives of rate and pressure, tests x 2 x terms."""
        factor, mixing, _ = theta.T
        jet, throat = self.velocities(theta)
        head = self.suction**2
        by_suction = self.drawn * head / (2.0 * jet * self.kept)
        opened = self.share * factor
        lost = 2.0 * (1.0 + mixing) * throat
        by_rate = [self.rate_of * jet, np.zeros_like(jet), factor * self.rate_of * by_suction]
        by_pressure = [
            self.share * jet * (2.0 * jet - lost),
            -(throat**2),
            opened * (4.0 * jet - lost) * by_suction - head,
        ]
        rate = np.stack(by_rate[:terms], axis=-1) * self.rate_weight[:, None]
        pressure = np.stack(by_pressure[:terms], axis=-1) * self.pressure_weight[:, None]
        return np.stack([rate, pressure], axis=1)


def jet_tests(columns: FloatArray, losses: JetLosses) -> tuple[JetTests, BoolArray]:
    """The tests of ten columns, in the order of `jet_era_fit`, and which of them can be used."""
    rate, power_fluid, nozzle, intake, discharge, area, wide, density, by_rate, by_kpa = columns
    one = np.ones_like(area)

    def velocity(area_mm2: FloatArray) -> FloatArray:
        head = velocity_pressure_kpa(rate_m3d=one, area_mm2=area_mm2, density_kgm3=density)
        return np.asarray(np.sqrt(head), dtype=np.float64)

    tests = JetTests(
        power_fluid=power_fluid,
        discharge=discharge,
        driving=nozzle - intake,
        intake=intake,
        share=ratio(area, wide),
        suction=rate * velocity(wide - area),
        rate_of=1.0 / velocity(area),
        rate_weight=1.0 / by_rate,
        pressure_weight=1.0 / by_kpa,
        kept=one * (1.0 + losses.nozzle),
        drawn=np.where(losses.nozzle_against_intake, 0.0, one),
    )
    good = np.isfinite(columns).all(axis=0) & (by_rate > 0.0) & (by_kpa > 0.0)
    good &= (area > 0.0) & (wide > area) & (density > 0.0) & (rate >= 0.0) & (power_fluid > 0.0)
    good &= tests.driving + tests.drawn * (1.0 + losses.suction) * tests.suction**2 > 0.0
    return tests, good
