"""Values of one name and two meanings: read as documented, refused where that cannot be."""

import datetime as dt
from contextlib import suppress
from typing import Literal
from zoneinfo import ZoneInfo

from pumpperf.errors import ArgumentError
from pumpperf.interchange.beep.layouts import CONDITIONS
from pumpperf.interchange.beep.received import Draft, as_number
from pumpperf.units import convert

Datum = Literal["absolute", "gauge"]
"""What a pressure is measured from."""
TimeZone = str | dt.tzinfo
"""The name of a zone in the tz database, or the zone itself."""

_LIQUIDS_LBFT3 = (20.0, 200.0)
_NEVER_SET = (1, 9999)  # the years of .NET's first and last date


def take_water_cut(draft: Draft) -> None:
    """Take `WATER_CUT` over, a share of 1; percent is refused."""
    value = draft.number("WATER_CUT")
    if value is None:
        return
    if 0.0 <= value <= 1.0:
        draft.give("WATER_CUT", "water_cut", value)
        draft.add(CONDITIONS, "WATER_CUT")
    else:
        words = "percent stands in PPDM's WATER_CUT_PERCENT and is not divided here"
        draft.refuse("WATER_CUT", f"expected a fraction of 0 to 1; {words}")


def take_density(draft: Draft, *, unit: str) -> None:
    """Take `FLUID_DENSITY` over in the unit that the caller says, if that can be a liquid.

    Raises:
        UnitError: no unit of density.
    """
    lightest, heaviest = (convert(limit, "lbft3", unit) for limit in _LIQUIDS_LBFT3)
    value = draft.number("FLUID_DENSITY")
    if value is None:
        return
    if lightest <= value <= heaviest:
        draft.give("FLUID_DENSITY", f"liquid_density_{unit}", value)
    else:
        draft.refuse(
            "FLUID_DENSITY",
            f"no liquid has this density in {unit}: expected {lightest:.3g} to {heaviest:.3g}; "
            "the source documents lb/ft3 (lbft3) and defaults to 8.33, which is water in lb/gal "
            "(ppg): name the true one as fluid_density_unit",
        )


def zone_of(time_zone: TimeZone) -> dt.tzinfo:
    """The zone of a name.

    Raises:
        ArgumentError: there is no such zone.
    """
    if isinstance(time_zone, dt.tzinfo):
        return time_zone
    try:
        return ZoneInfo(time_zone)
    except (KeyError, OSError, TypeError, ValueError):
        raise ArgumentError(
            f"time_zone = {time_zone!r}: expected a zone such as 'America/Chicago', or a tzinfo"
        ) from None


def take_moment(
    draft: Draft, name: str, cell: str, time_zone: TimeZone, *, required: bool = True
) -> dt.datetime | None:
    """Take a date over as an instant, here in UTC; None if there is none, or it is at fault.

    Args:
        draft: the record.
        name: of the date; one with an offset stands as it is, one without is local.
        cell: ours.
        time_zone: the local time.
        required: whether the record must have it.

    Raises:
        ArgumentError: there is no such zone.
    """
    zone = zone_of(time_zone)
    date = local_date(draft, name, required=required)
    if date is not None and date.tzinfo is None:
        if fault := local_fault(date, zone):
            draft.refuse(name, fault)
        date = None if fault else date.replace(tzinfo=zone)
    draft.give(name, cell, date)
    return None if date is None else date.astimezone(dt.UTC)


def local_date(draft: Draft, name: str, *, required: bool = True) -> dt.datetime | None:
    """The date under a name as it is written; None without one, and a fault if it is none."""
    if not required and not draft.has(name):
        return None
    value = draft.record.get(name)
    if isinstance(value, str):
        with suppress(ValueError):  # a text that is no date stays a text
            value = dt.datetime.fromisoformat(value)
    if not isinstance(value, dt.datetime):
        draft.refuse(name, "expected a date, or its text by ISO 8601")
        return None
    if not _NEVER_SET[0] < value.year < _NEVER_SET[1]:  # nor has the NaT of pandas a year
        draft.refuse(name, "a date that was never set; expected one that was")
        return None
    return value


def local_fault(date: dt.datetime, zone: dt.tzinfo) -> str | None:
    """Why a local date is no instant, or two; None if it is one."""
    early, late = (date.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return None
    back = early.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None)
    if back != date:
        return f"does not exist in {zone}: the clocks were put forward over it"
    return f"is twice in {zone}, where the clocks were put back: expected one with its UTC offset"


def stated(name: str, value: float | None, *, unit: str) -> float:
    """A number that the caller states, finite and above 0.

    Args:
        name: of the argument.
        value: of any kind of number.
        unit: its unit.

    Raises:
        ArgumentError: it is none.
    """
    number = as_number(value)
    if number is None or not 0.0 < number < float("inf"):
        raise ArgumentError(f"{name} = {value!r}: expected a finite number [{unit}] above 0")
    return number


def datum_kpa(pressures_are: str | None, atmosphere_kpa: float | None) -> float:
    """What makes pressures absolute [kPa]: the atmosphere for gauge pressures, else 0.

    Raises:
        ArgumentError: the arguments name no datum.
    """
    if pressures_are not in ("absolute", "gauge"):
        raise ArgumentError(
            f"pressures_are = {pressures_are!r}: expected 'absolute' or 'gauge', which the record "
            "does not say"
        )
    if pressures_are == "absolute":
        return 0.0
    return stated("atmosphere_kpa", atmosphere_kpa, unit="kpa")
