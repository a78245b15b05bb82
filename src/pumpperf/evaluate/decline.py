"""How the rate of a test is taken to fall after it, and how far that carries."""

import math
from typing import Any, Literal, get_args

from attrs import asdict, field, frozen

from pumpperf.calc.downtime import Deferred
from pumpperf.errors import ArgumentError, is_a, shown
from pumpperf.evaluate.amounts import finite
from pumpperf.evaluate.baseline import Baseline
from pumpperf.model import Finding, Severity, finding
from pumpperf.possible import number_of

DeclineKind = Literal["exponential", "hyperbolic"]

_FAR = 0.5  # below it, the decline takes more from the rate than it leaves


def _number(value: float) -> float:
    number = number_of(value)
    return math.nan if number is None else number


@frozen(kw_only=True)
class Decline:
    """How a potential rate falls after the test that measured it, by Arps' curves.

    Attributes:
        kind: `exponential`, or `hyperbolic` (harmonic if the exponent is 1).
        nominal_per_d: nominal decline at the date of the test [1/d], above 0, at most 1000.
        exponent: Arps' b: 0 if exponential, else above 0 and at most 2.
    """

    kind: DeclineKind
    nominal_per_d: float = field(converter=_number)
    exponent: float = field(default=0.0, converter=_number)

    def __attrs_post_init__(self) -> None:
        """Raise `ArgumentError` for what is no such curve."""
        if not is_a(self.kind, str) or self.kind not in get_args(DeclineKind):
            words = " or ".join(get_args(DeclineKind))
            raise ArgumentError(f"kind = {shown(self.kind)}: expected {words}")
        if not 0.0 < self.nominal_per_d <= 1000.0:
            raise ArgumentError(f"nominal_per_d = {self.nominal_per_d}: expected above 0, to 1000")
        if self.kind == "exponential" and self.exponent != 0.0:
            raise ArgumentError(f"exponent = {self.exponent}: expected 0 if exponential")
        if self.kind == "hyperbolic" and not 0.0 < self.exponent <= 2.0:
            raise ArgumentError(
                f"exponent = {self.exponent}: expected above 0, to 2, if hyperbolic"
            )


_PARAMETERS = {
    "kind": "decline_kind",
    "nominal_per_d": "decline_per_d",
    "exponent": "decline_exponent",
}
"""What the parameters of a run call it."""


def parameters_of(decline: Decline) -> dict[str, object]:
    """The decline as parameters of a run."""
    return {_PARAMETERS[name]: value for name, value in asdict(decline).items()}


def decline_of(parameters: dict[str, Any]) -> Decline | None:  # JSON
    """The decline among the parameters of a run, which it is taken from; None if there is none."""
    given = {name: parameters.pop(said, None) for name, said in _PARAMETERS.items()}
    return Decline(**given) if given["kind"] else None


def declined(decline: Decline, base: Baseline, volumes: Deferred) -> tuple[Finding, ...]:
    """What a decline made of a test's rate, and how much downtime lies before the test.

    Args:
        decline: as asked for.
        base: the test and its rate.
        volumes: the production deferred by it.
    """
    last = finite(volumes.last_rate_m3d[0])
    if last is None or not base.rate_m3d:
        return ()
    left = last / base.rate_m3d
    early_h = float(volumes.before_test_h[0])
    test = f"test {base.test.pump_test_id} of {base.test.test_date.isoformat()}"
    used = finding(
        "DECLINE_FAR_FROM_TEST" if left < _FAR else "DECLINE_USED",
        f"lost liquid: {decline.kind} decline of {decline.nominal_per_d:g} a day, exponent "
        f"{decline.exponent:g}, leaves {left:.1%} of the rate of {test} at the last downtime",
        ("test_date", "rate_m3d"),
        "a newer test, and the rates to which the decline was fitted",
        Severity.WARNING if left < _FAR else Severity.ASSUMPTION,
    )
    early = finding(
        "LOST_BEFORE_TEST",
        f"lost liquid: {early_h:g} h of downtime lie before {test} and count at its rate",
        ("test_date", "rate_m3d"),
        "an older test, if the well produced otherwise then",
        Severity.ASSUMPTION,
    )
    return (used, early) if early_h else (used,)
