"""What an engineer would not believe of an account: its log, its test, its factor and its price."""

from collections.abc import Iterator, Mapping
from math import isfinite

from attrs import frozen

from pumpperf.assumptions import Assumptions
from pumpperf.checks.ratios import BEYOND, NO_SUCH_SIZE
from pumpperf.lift.reading import NAN
from pumpperf.model import Finding, finding
from pumpperf.numeric import ratio
from pumpperf.units import HORSEPOWER, STANDARD_GRAVITY_MS2

_UNITS = (
    (1000.0, "unit_band", "is the log in W, or the test in MW?"),
    (0.001, "unit_band", "is the log in MW, or the test in W?"),
    (1.0 / HORSEPOWER, "disagreement", "is the log in hp?"),
    (HORSEPOWER, "disagreement", "is the test in hp?"),
)
_LIFT = ("LIFT_ENERGY_BELOW_POSSIBLE", "LIFT_ENERGY_HIGH")
_RISE = ("SPECIFIC_ENERGY_BELOW_POSSIBLE", "SPECIFIC_ENERGY_HIGH")
_LOG = "the unit of the power log and what its meter feeds; whether the pump ran as in the test"


@frozen(kw_only=True)
class LoggedPower:
    """What a power log says of a window.

    Attributes:
        mean_kw: over the time that the log covers.
        running_kw: of the samples in which the pump ran.
        whole: whether the log covers the window, so that its mean is that of whole days.
    """

    mean_kw: float
    running_kw: float
    whole: bool


def check_log(
    log: LoggedPower, shown: Mapping[str, float], share: float, name: str, a: Assumptions
) -> Iterator[Finding]:
    """What a power log and the test that it is held against cannot both say.

    Args:
        log: what the log says.
        shown: duty of the test by name; nothing without a test.
        share: share of the test in which the pump ran, 0..1.
        name: of the test, in words.
        a: the assumptions by which to judge.

    Returns:
        That the mean power is not what the test implies, with the unit that would explain it; that
        it is beyond any pump; that the lift takes less energy than it can, or hardly any of it.

    >>> from pumpperf import PUMPPERF_2026
    >>> weak = LoggedPower(mean_kw=5.0, running_kw=5.0, whole=True)
    >>> (found,) = check_log(weak, {"net_lift_power_kw": 9.31}, 1.0, "test T1", PUMPPERF_2026)
    >>> print(found.words.partition(": ")[2])
    0.1463 kWh per tonne and 100 m, and none can be below 0.2724
    """
    expected = shown.get("input_power_kw", NAN) * share
    gap = abs(log.mean_kw - expected)
    apart = gap > a.power_disagreement * max(abs(log.mean_kw), abs(expected))
    if apart:
        yield _apart(log, expected, share, name, a)
    elif log.mean_kw > a.highest_power_kw:
        words = f"mean power {log.mean_kw:.4g} kW of the log is above {a.highest_power_kw:g} kW"
        words += ", which no pump takes: is the log in W?"
        yield finding("POWER_LOG_UNIT", words, ("power_kw",), _LOG)
    rise_kwhm3 = shown.get("pressure_rise_kpa", NAN) / 3600.0
    have, of = (log.mean_kw, "mean") if log.whole else (log.running_kw, "running")
    for (low, high), power, unit, least in (
        (_LIFT, "net_lift_power", "kWh per tonne and 100 m", STANDARD_GRAVITY_MS2 / 36.0),
        (_RISE, "hydraulic_power", "kWh/m3", rise_kwhm3),
    ):
        need = shown.get(f"{power}_kw", NAN) * (share if log.whole else 1.0)
        of_test = f"the {need:.4g} kW of {power.replace('_', ' ')} at the rate of {name}"
        words = f"{of} power {have:.4g} kW of the log is {{}} {of_test}"
        if have < need > 0.0:
            yield finding(
                low,
                f"{words.format('less than')}: {least * have / need:.4g} {unit}, and none can be "
                f"below {least:.4g}",
                ("power_kw", "rate_m3d", "runtime_h"),
                f"{_LOG}; its gauges; whether gas or the reservoir lifts too",
            )
        elif 0.0 < need < a.lowest_plausible_efficiency * have and not apart:
            yield finding(
                high,
                f"{words.format('far above')}: an efficiency of {need / have:.4g}, below "
                f"{a.lowest_plausible_efficiency:g}",
                ("power_kw", "rate_m3d", "runtime_h"),
                _LOG,
            )


def log_checks(log: LoggedPower, shown: Mapping[str, float]) -> tuple[str, ...]:
    """Codes of the checks of a log against a test whose numbers are there.

    Args:
        log: what the log says.
        shown: duty of the test by name; nothing without a test.

    >>> log = LoggedPower(mean_kw=5.0, running_kw=5.0, whole=True)
    >>> log_checks(log, {"net_lift_power_kw": 9.31})
    ('LIFT_ENERGY_BELOW_POSSIBLE',)
    """
    needs = {
        "POWER_LOG_DISAGREES": "input_power_kw",
        _LIFT[0]: "net_lift_power_kw",
        _RISE[0]: "hydraulic_power_kw",
    }
    return tuple(
        code for code, name in needs.items() if isfinite(log.mean_kw + shown.get(name, NAN))
    )


def _apart(
    log: LoggedPower, expected_kw: float, share: float, name: str, a: Assumptions
) -> Finding:
    """That mean power is not that of the test, and the unit that explains it if there is one."""
    ratios = (ratio(log.mean_kw, expected_kw), ratio(log.running_kw * share, expected_kw))
    likely = [
        words
        for factor, band, words in _UNITS
        if any(abs(one / factor - 1.0) <= getattr(a, band) for one in ratios)
    ]
    return finding(
        "POWER_LOG_UNIT" if likely else "POWER_LOG_DISAGREES",
        f"mean power {log.mean_kw:.4g} kW of the log ({log.running_kw:.4g} kW while running) and "
        f"the {expected_kw:.4g} kW of {name}, whose rate is assumed, differ by more than "
        f"{a.power_disagreement:.0%}" + "".join(f": {words}" for words in likely[:1]),
        ("power_kw", "input_power_kw", "runtime_h"),
        _LOG,
    )


def check_amounts(
    amounts: Mapping[str, float | None], inputs: tuple[str, ...]
) -> Iterator[Finding]:
    """That amounts are beyond any float, of a rate, power or price that none can have.

    Args:
        amounts: by name, as they were worked out; None is absent anyway.
        inputs: the fields that they come of.

    >>> [one.words for one in check_amounts({"energy_cost": 1e300 * 1e300}, ("power_kw",))]
    ['beyond any number, and absent with all that comes of them: energy_cost']
    """
    beyond = [name for name, one in amounts.items() if one is not None and not isfinite(one)]
    if beyond:
        yield finding("BEYOND_ANY_NUMBER", BEYOND + ", ".join(beyond), inputs, NO_SUCH_SIZE)


def check_terms(
    factor_kgkwh: float | None, price_per_kwh: float | None, currency: str | None, a: Assumptions
) -> Iterator[Finding]:
    """An emission factor or a price of energy that is more than any.

    Args:
        factor_kgkwh: emission factor [kg CO2e/kWh].
        price_per_kwh: price of the energy.
        currency: ISO 4217 code of the price; one that the assumptions do not name is not judged.
        a: the assumptions by which to judge.

    >>> from pumpperf import PUMPPERF_2026
    >>> [found.code for found in check_terms(401.0, 80.0, "USD", PUMPPERF_2026)]
    ['EMISSION_FACTOR_ABOVE_ANY', 'ENERGY_PRICE_ABOVE_ANY']
    >>> list(check_terms(0.401, 80.0, "NGN", PUMPPERF_2026))
    []
    """
    most_kgkwh = a.highest_emission_factor_kgkwh
    most = dict(a.highest_prices_per_kwh).get(currency or "")
    if factor_kgkwh is not None and factor_kgkwh > most_kgkwh:
        yield finding(
            "EMISSION_FACTOR_ABOVE_ANY",
            f"emission factor {factor_kgkwh:g} kg/kWh is above {most_kgkwh:g}, which no fuel and "
            "plant reach: is it kg/MWh or g/kWh?",
            ("emission_factor_kgkwh", "emission_factor_source"),
            "the unit in which the source gives the factor",
        )
    if price_per_kwh is not None and most is not None and abs(price_per_kwh) > most:
        yield finding(
            "ENERGY_PRICE_ABOVE_ANY",
            f"energy price {price_per_kwh:g} {currency} per kWh is beyond {most:g}, the dearest "
            "there is: is it per MWh, or in the hundredth part of the currency?",
            ("energy_price_per_kwh", "currency"),
            "the unit of the price on the bill",
        )
