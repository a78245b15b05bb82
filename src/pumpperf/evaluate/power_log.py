"""The power log of a pump: what of it counts, and what to know of the rest."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypedDict

import numpy as np
from attrs import frozen

from pumpperf.assumptions import Assumptions
from pumpperf.calc import energy
from pumpperf.checks import LoggedPower, check_log, log_checks
from pumpperf.evaluate.amounts import finite
from pumpperf.evaluate.baseline import Baseline
from pumpperf.evaluate.window import Window, datetime64
from pumpperf.lift.reading import NAN
from pumpperf.model import EquipmentUseStat, Finding, PowerLogRule, Severity, finding
from pumpperf.numeric import FloatArray

_SHOWN = 3


@frozen
class Sample:
    """A sample of a log, and in which stretch it stands."""

    when: dt.datetime
    power_kw: float
    spec_id: str
    rule: PowerLogRule


class _Columns(TypedDict):
    time: list[np.datetime64]
    power_kw: FloatArray
    rule: list[str]


@frozen
class PowerLog:
    """Samples of a pump that count, and those that no motor can have taken.

    Attributes:
        samples: those that count.
        beyond: those that are left out.
        highest: what these were held against, in words.
    """

    samples: Sequence[Sample]
    beyond: Sequence[Sample]
    highest: str

    @property
    def power_kw(self) -> FloatArray:
        """Power of the samples that count."""
        return np.array([one.power_kw for one in self.samples], dtype=np.float64)

    def energy(self, window: Window, longest_gap_h: float) -> energy.Energy:
        """Energy under those that count; what is left out is as if it was lost."""
        return energy.energy_kwh(
            **self._columns(), window=window.edges, longest_gap_h=longest_gap_h
        )

    def running_power_kw(self, window: Window, longest_gap_h: float) -> float:
        """Mean power in the window while the pump ran; by time where the log was held."""
        if not any(one.rule is PowerLogRule.HOLD for one in self.samples):
            inside = [
                one.power_kw for one in self.samples if window.start <= one.when <= window.end
            ]
            return energy.running_power_kw(power_kw=inside)
        steps = energy.power_steps(**self._columns(), longest_gap_h=longest_gap_h)
        start, end = (int(edge.astype(np.int64)) for edge in window.edges)
        inside_us = np.minimum(steps.end_us, end) - np.maximum(steps.start_us, start)
        return energy.running_power_kw(
            power_kw=(steps.start_kw + steps.end_kw) / 2.0, hours=np.maximum(inside_us, 0)
        )

    def _columns(self) -> _Columns:
        every = [*self.samples, *self.beyond]
        return {
            "time": [datetime64(one.when) for one in every],
            "power_kw": np.append(self.power_kw, np.full(len(self.beyond), np.nan)),
            "rule": [one.rule.lower() for one in every],
        }


def power_log(
    stretches: Iterable[EquipmentUseStat], base: Baseline | None, a: Assumptions
) -> PowerLog:
    """A power log without the samples that are too many times above the power of the pump.

    That is the input power of the test, or the high power of the log itself where there is none or
    most of the log disagrees with it.

    Stretches follow each other in time, so that where one ends as another begins the power steps
    from the one's to the other's.

    Args:
        stretches: of the log, each with a sample.
        base: the test that it is held against.
        a: by which to judge.
    """
    samples = [
        Sample(when, power, log.spec_id, log.power_log_rule)
        for log in sorted(stretches, key=lambda log: (min(log.sample_time), max(log.sample_time)))
        for when, power in zip(log.sample_time, log.power_kw, strict=True)
    ]
    power = np.array([one.power_kw for one in samples], dtype=np.float64)
    above, test_kw = power[power > 0.0], _input_kw(base)
    if base and np.count_nonzero(above <= a.highest_power_ratio * test_kw) * 2 > above.size:
        usual, what = test_kw, f"the {test_kw:.4g} kW of test {base.test.pump_test_id}"
    else:
        usual = energy.high_power_kw(power_kw=power)
        what = f"the {usual:.4g} kW that nine in ten samples do not exceed"
    beyond = abs(power) > a.highest_power_ratio * usual
    return PowerLog(
        [one for one, wrong in zip(samples, beyond, strict=True) if not wrong],
        [one for one, wrong in zip(samples, beyond, strict=True) if wrong],
        f"{a.highest_power_ratio:g} times {what}",
    )


def log_findings(
    log: PowerLog, found: energy.Energy, window: Window, a: Assumptions
) -> Iterator[Finding]:
    """What to know of a log: its gaps, what it says twice, what cannot be, what flows back.

    Args:
        log: the log.
        found: its energy.
        window: for which it is accounted.
        a: by which to judge.
    """
    covered_h, samples = float(found.covered_h[0]), int(found.samples[0])
    duplicates, negative = int(found.duplicates[0]), int(found.negative_samples[0])
    if found.gap_h[0]:
        yield finding(
            "POWER_LOG_GAPS",
            f"the power log covers {covered_h:.4g} of {found.window_h:.4g} h: energy and cost are "
            "those of the covered time",
            ("sample_time", "power_kw"),
            "the meter and its transmission in the gaps",
        )
    if duplicates:
        yield finding(
            "POWER_LOG_DUPLICATES",
            f"{duplicates} of {samples} samples of the log repeat another of the same time and "
            "power: each counts once",
            ("sample_time", "power_kw"),
            "stretches of the log that overlap",
            Severity.INFO,
        )
    if jumps := int(found.jumps[0]):
        yield finding(
            "POWER_LOG_STEPS",
            f"at {jumps} times two samples of the log differ: the power steps there, from the "
            "first to the last of them",
            ("sample_time", "power_kw"),
            "whether the logger wrote both sides of a step, or two logs of one pump overlap",
            Severity.INFO,
        )
    near = dt.timedelta(hours=a.longest_power_gap_h)
    beyond = [one for one in log.beyond if one.when - window.end < near > window.start - one.when]
    if beyond:
        some = [f"{o.power_kw:.10g} kW at {o.when.isoformat()} in {o.spec_id}" for o in beyond]
        more = f" and {len(some) - _SHOWN} more" if len(some) > _SHOWN else ""
        yield finding(
            "POWER_BEYOND_MOTOR",
            f"{len(some)} samples of the log are left out, as if they were lost: "
            f"{', '.join(some[:_SHOWN])}{more}; beyond {log.highest}",
            ("sample_time", "power_kw"),
            "what the meter or its transmission writes when it has no value, such as 4294967295",
        )
    if negative:
        power = log.power_kw
        back, taken = -power[power < 0.0].sum(), power[power > 0.0].sum()
        much = bool(back > a.disagreement * taken)
        yield finding(
            "POWER_NEGATIVE",
            f"{negative} of {samples} samples of the log are negative: energy that flows back is "
            + (
                "taken off, though a running motor takes power" if much else "little, and taken off"
            ),
            ("power_kw",),
            "whether the drive feeds back (beam pumps and regenerative drives do, a little), or a "
            "current transformer is connected the wrong way",
            Severity.WARNING if much else Severity.INFO,
        )


def physics(
    log: PowerLog,
    base: Baseline | None,
    window: Window,
    *,
    mean_kw: float | None,
    whole: bool,
    assumptions: Assumptions,
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What the log and the test that it is held against cannot both say, and the checks made.

    Args:
        log: the log.
        base: the test.
        window: for which the log is accounted.
        mean_kw: mean power in it; None if the log covers nothing of it.
        whole: whether the log covers it.
        assumptions: by which to judge.
    """
    mean = NAN if mean_kw is None else mean_kw
    running = finite(log.running_power_kw(window, assumptions.longest_power_gap_h))
    running_kw = mean if running is None else running
    share = base.test.running_share if base else None
    logged = LoggedPower(mean_kw=mean, running_kw=running_kw, whole=whole)
    shown: Mapping[str, float] = base.shown.numbers[0] if base else {}
    name = f"test {base.test.pump_test_id}" if base else ""
    found = check_log(logged, shown, 1.0 if share is None else share, name, assumptions)
    return tuple(found), log_checks(logged, shown)


def _input_kw(base: Baseline | None) -> float:
    return float(base.shown.numbers[0]["input_power_kw"]) if base else NAN
