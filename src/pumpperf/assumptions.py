"""Named, dated, sourced sets of the constants that a judgement needs.

A published set is never edited: a better value is a new set with a new name, and a result says
which one it used. To judge otherwise, make your own:

>>> import attrs
>>> strict = attrs.evolve(PUMPPERF_2026, name="OUR_FIELD_2026", lowest_plausible_efficiency=0.10)
"""

import datetime as dt

from attrs import frozen

from pumpperf.calc.fluids.correlations import PUMPPERF_FLUIDS_2026, Correlations
from pumpperf.errors import ArgumentError


@frozen(kw_only=True)
class JetLosses:
    """The loss coefficients of a hydraulic jet pump, each in velocity heads where it arises.

    The equations know throat and diffuser only as a sum; the parts are kept as published. A set
    gives its source's curve only in its source's equations, so it says which these are.

    Attributes:
        name: of the set; results keep it.
        source: where its values come from.
        nozzle: power fluid from the nozzle's inlet to its tip.
        suction: produced liquid from the intake to the throat entry.
        throat: mixed liquid in the throat.
        diffuser: mixed liquid in the diffuser.
        cavitation_index: intake pressure above vapour pressure over the velocity pressure of the
            suction stream at the throat entry, where cavitation begins to limit the flow.
        nozzle_against_intake: whether the source lets the nozzle discharge against the intake
            pressure, as the oil field's handbook; else against the throat entry's, as Cunningham.
    """

    name: str
    source: str
    nozzle: float
    suction: float
    throat: float
    diffuser: float
    cavitation_index: float
    nozzle_against_intake: bool


JET_LOSSES_GOSLINE_OBRIEN = JetLosses(
    name="GOSLINE_OBRIEN_1933",
    source="the default, since it alone gives back the published performance table of oil-well "
    "ratios A to E (51 points to 0.0015) and the field constant 1214.5 of the nozzle rate; nozzle "
    "0.15, throat and diffuser 0.38 together, split 0.28 and 0.10 as Gosline and O'Brien 1933 "
    "are quoted, the split unconfirmed; index as Cunningham, Hansen and Na 1970",
    nozzle=0.15,
    suction=0.0,
    throat=0.28,
    diffuser=0.10,
    cavitation_index=1.35,
    nozzle_against_intake=False,
)

JET_LOSSES_WOFFL = JetLosses(
    name="WOFFL",
    source="defaults of kwellis/woffl, geometry/jetpump.py, whose equations (flow/jetflow.py) are "
    "Cunningham's for one liquid; held to no measured pump here; index as Cunningham, Hansen and "
    "Na 1970",
    nozzle=0.01,
    suction=0.03,
    throat=0.3,
    diffuser=0.3,
    cavitation_index=1.35,
    nozzle_against_intake=False,
)

JET_LOSSES_PEH = JetLosses(
    name="PEH_1987",
    source="Petroleum Engineering Handbook (Bradley 1987) chapter 6, coefficients and equation as "
    "scuervo91/reservoirpy computes them, unconfirmed: nozzle 0.03, throat and diffuser 0.20 "
    "together, here all in the throat; held to no measured pump here; index as Cunningham, Hansen "
    "and Na 1970",
    nozzle=0.03,
    suction=0.0,
    throat=0.20,
    diffuser=0.0,
    cavitation_index=1.35,
    nozzle_against_intake=True,
)


@frozen(kw_only=True)
class Assumptions:
    """One set of constants, by which evaluations judge.

    Attributes:
        name: of the set; results keep it.
        effective_date: since when it stands.
        source: where its values come from.
        lowest_plausible_efficiency: a link of the chain below it is looked at.
        longest_pairing_gap_h: rate and power further apart are not of one test.
        half_duty_low: from here to `half_duty_high` a rate over displacement may be a pump that
            runs half of the time.
        half_duty_high: see there.
        disagreement: two ways to one number may differ by this share of it.
        level_disagreement: the same for gauge against fluid level, whose column holds gas.
        unit_band: how near a ratio must come to a conversion factor to look like one.
        mtbf_level: confidence level of the two-sided MTBF interval.
        longest_power_gap_h: longer steps of a power log are gaps.
        power_disagreement: mean power of a log and what its test implies may differ by this share,
            since load and water cut move between their dates.
        highest_power_ratio: a sample of a log so many times above the power of the pump is of no
            motor.
        highest_power_kw: a mean power above it is of no pump.
        highest_emission_factor_kgkwh: more is emitted by no fuel and plant [kg CO2e/kWh].
        highest_prices_per_kwh: energy costs no more, by currency; others are not judged, since what
            is dear in one is cheap in the next.
        downtime_priority: which class an instant belongs to when events overlap.
        jet_losses: of hydraulic jet pumps whose own are not known.
        fluids: correlations of oil, gas and water.
        water_density_kgm3: of water in the tank whose own is not known.
        gas_gravity: of gas whose own is not known (air 1).
        surface_temperature_degc: of the ground, where no temperature was measured.
        geothermal_gradient_degcm: with vertical depth, likewise [degC/m].
    """

    name: str
    effective_date: dt.date
    source: str
    lowest_plausible_efficiency: float
    longest_pairing_gap_h: float
    half_duty_low: float
    half_duty_high: float
    disagreement: float
    level_disagreement: float
    unit_band: float
    mtbf_level: float
    longest_power_gap_h: float
    power_disagreement: float
    highest_power_ratio: float
    highest_power_kw: float
    highest_emission_factor_kgkwh: float
    highest_prices_per_kwh: tuple[tuple[str, float], ...]
    downtime_priority: tuple[str, ...]
    jet_losses: JetLosses
    fluids: Correlations
    water_density_kgm3: float
    gas_gravity: float
    surface_temperature_degc: float
    geothermal_gradient_degcm: float


PUMPPERF_2026 = Assumptions(
    name="PUMPPERF_2026",
    effective_date=dt.date(2026, 11, 22),
    source="judgement of this library's authors; MTBF level as NIST/SEMATECH e-Handbook 8.4.5.1; "
    "highest power: a motor at its start takes at most about 10 times its rated power, even as kVA "
    "(IEC 60034-12, locked rotor, quoted from memory), and no pump of a well takes 10 MW; emission "
    "factor: lignite, 101 t CO2/TJ (IPCC 2006 Guidelines, volume 2, table 2.2), at a plant "
    "efficiency of 0.18; prices: four times the dearest of public grids, about 0.5 USD/kWh; water: "
    "of 4 wt% salt (McCain 1991), between fresh water's 999 and saturated brine's 1200; gas: "
    "between 0.65 of a dry and 1.2 of a rich one; temperatures: means of the ground",
    lowest_plausible_efficiency=0.03,
    longest_pairing_gap_h=72.0,
    half_duty_low=0.4,
    half_duty_high=0.6,
    disagreement=0.05,
    level_disagreement=0.15,
    unit_band=0.15,
    mtbf_level=0.9,
    longest_power_gap_h=2.0,
    power_disagreement=0.2,
    highest_power_ratio=10.0,
    highest_power_kw=10_000.0,
    highest_emission_factor_kgkwh=2.0,
    highest_prices_per_kwh=(
        *((currency, 2.0) for currency in ("USD", "EUR", "GBP", "CHF", "CAD", "AUD")),
        *((currency, 1.0) for currency in ("KWD", "BHD", "OMR")),
        *((currency, 8.0) for currency in ("SAR", "AED", "QAR")),
        ("CNY", 15.0),
        ("NOK", 20.0),
    ),
    downtime_priority=("EXTERNAL", "PLANNED", "UNPLANNED"),
    jet_losses=JET_LOSSES_GOSLINE_OBRIEN,
    fluids=PUMPPERF_FLUIDS_2026,
    water_density_kgm3=1030.0,
    gas_gravity=0.8,
    surface_temperature_degc=15.0,
    geothermal_gradient_degcm=0.03,
)

PUBLISHED = {PUMPPERF_2026.name: PUMPPERF_2026}


def named(name: str, own: Assumptions) -> Assumptions:
    """The set of that name: the caller's own if it is so called, else a published one.

    Raises:
        ArgumentError: no set of that name is known.

    >>> named("PUMPPERF_2026", PUMPPERF_2026) is PUMPPERF_2026
    True
    """
    if own.name == name:
        return own
    if name not in PUBLISHED:
        raise ArgumentError(
            f"assumptions {name!r} are not known: give the service the set that the run used"
        )
    return PUBLISHED[name]
