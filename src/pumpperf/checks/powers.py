"""No power from nothing: of two powers of the chain, the later one is never the greater.

A link of the chain says so where both of its powers are known and the first is not zero. Here
stands what no link says.
"""

from typing import Any

from pumpperf.assumptions import Assumptions
from pumpperf.checks.check import DELIVERED, INPUT, LIFT, LINKS, PRESSURES, Check
from pumpperf.checks.reads import Numbers
from pumpperf.numeric import coalesce

_IN_ORDER = ("input", "delivered", "pump_input", "hydraulic", "net_lift")
_ALL = ("rate_m3d", *LIFT, *PRESSURES, "plunger_work_kj", *DELIVERED, *INPUT, *LINKS)
_WORDS = "; ".join(f"{name.replace('_', ' ')} {{d[{name}_power_kw]}}" for name in _IN_ORDER)
_LOOK_AT = "the units and dates of the powers, and what each instrument really measures"


def _from_nothing(r: Numbers, d: Numbers, a: Assumptions) -> Any:  # a truth, or a column of them
    """A power is zero, and a later one is not: their ratio is undefined."""
    del r, a
    lifted = (d["hydraulic_power_kw"] > 0.0) | (d["net_lift_power_kw"] > 0.0)
    pumped = lifted | (d["pump_input_power_kw"] > 0.0)
    delivered = pumped | (d["delivered_power_kw"] > 0.0)
    return (
        ((d["input_power_kw"] == 0.0) & delivered)
        | ((d["delivered_power_kw"] == 0.0) & pumped)
        | ((d["pump_input_power_kw"] == 0.0) & lifted)
    )


def _above_links(r: Numbers, d: Numbers, a: Assumptions) -> Any:  # a truth, or a column of them
    """More than motor and drive leave of the input; a link that is not known may be perfect."""
    del r, a
    source, delivered = d["input_power_kw"], d["delivered_power_kw"]
    left = source * coalesce(d["motor_efficiency"], 1.0) * coalesce(d["drive_efficiency"], 1.0)
    more = (
        (d["pump_input_power_kw"] > left)
        | (d["hydraulic_power_kw"] > left)
        | (d["net_lift_power_kw"] > left)
    )
    return more & (left < source) & (delivered != delivered)  # else the links of the chain say so


POWERS: tuple[Check, ...] = (
    Check(
        "POWER_FROM_NOTHING", _from_nothing, "power comes from nothing: " + _WORDS, _ALL, _LOOK_AT
    ),
    Check(
        "PUMP_INPUT_ABOVE_INPUT",
        lambda r, d, a: (
            (d["pump_input_power_kw"] > d["input_power_kw"])
            & (d["delivered_power_kw"] != d["delivered_power_kw"])  # else two links say so
        ),
        "the pump takes {d[pump_input_power_kw]}, more than the input of {d[input_power_kw]}",
        ("plunger_work_kj", *DELIVERED, *INPUT, *LINKS),
        _LOOK_AT,
    ),
    Check(
        "NET_LIFT_ABOVE_PUMP_INPUT",
        lambda r, d, a: (
            (d["net_lift_power_kw"] > d["pump_input_power_kw"])
            & (coalesce(d["delivered_power_kw"], -1.0) != d["pump_input_power_kw"])  # of a shaft
        ),
        "net lift power {d[net_lift_power_kw]} is above the {d[pump_input_power_kw]} that the pump "
        "takes",
        ("rate_m3d", *LIFT, "plunger_work_kj", *DELIVERED, *INPUT, *LINKS),
        _LOOK_AT,
    ),
    Check(
        "POWER_ABOVE_MOTOR_AND_DRIVE",
        _above_links,
        "of an input of {d[input_power_kw]} the motor (efficiency {d[motor_efficiency]}) and the "
        "drive ({d[drive_efficiency]}) leave less than arrives: pump input "
        "{d[pump_input_power_kw]}, hydraulic {d[hydraulic_power_kw]}, net lift "
        "{d[net_lift_power_kw]}",
        _ALL,
        "the efficiencies of motor and drive at this load, and the units of the powers",
    ),
)
