"""Recurrent failures, their growth and trend, held to published numbers."""

from itertools import accumulate

import numpy as np

from published import cases, published_tests
from pumpperf.reliability.recurrence import (
    crow_amsaa,
    growth_goodness,
    growth_projection,
    laplace,
    lewis_robinson,
    mcf_difference,
    mean_cumulative_function,
    mil_hdbk_189,
    reverse_arrangements,
)

CASES = cases("recurrence")


def flat(histories, end):
    """Events of several systems in the columns that the library takes."""
    return {
        "event_h": [age for ages in histories for age in ages],
        "event_system": [q for q, ages in enumerate(histories) for _ in ages],
        "end_h": end,
    }


def one(times, end):
    return flat([times], [end])


def grown(i, level=0.9):
    """The events of one system, and their growth."""
    data = one(i["times"], i["T"])
    return data, crow_amsaa(**data, terminated="time", level=level)


def trends(data):
    return {
        "laplace": laplace(**data, terminated="time").statistic[0],
        "mil": mil_hdbk_189(**data, terminated="time").statistic[0],
    }


def valve_seats(i):
    curve = mean_cumulative_function(**flat(i["days"], i["end"]), level=0.95)
    return {"time": curve.age_h, "mcf": curve.mean, "se": curve.standard_error}


def two_fleets(i):
    fleet = [i["n"] * 2.0] * i["n"]
    none = mean_cumulative_function(**flat([[]] * i["n"], fleet), level=0.95)
    events = [[1.0 + q] * count for q, count in enumerate(i["events"])]
    some = mean_cumulative_function(**flat(events, fleet), level=0.95)
    both = mcf_difference(first=some, second=none, level=0.95)
    return {"m": both.difference, "se": both.standard_error}


def mil_growth(i):
    data, growth = grown(i, level=0.8)
    tested = growth_goodness(**data, terminated="time", alpha=0.05)
    return {
        "beta": growth.shape[0],
        "lam": growth.scale[0],
        "beta_unbiased": growth.corrected_shape[0],
        "mtbf_T": growth.mtbf_h[0],
        "cvm": tested.statistic[0],
    }


def nist_trend(i):
    data = one(i["times"], i["T"])
    return trends(data) | {"reversals": reverse_arrangements(**data).statistic[0]}


def crow_bounds(i):
    _, growth = grown(i, level=i["confidence"])
    mtbf, lower, upper = growth.mtbf_h[0], growth.lower_mtbf_h[0], growth.upper_mtbf_h[0]
    return {"L": lower / mtbf, "U": upper / mtbf, "mtbf": mtbf, "lo": lower, "hi": upper}


def growth_and_trend(i):
    data, growth = grown(i)
    # The source of these two ends the watch with the last failure.
    closed = one(i["times"], i["times"][-1])
    robust = lewis_robinson(**closed, terminated="failure").statistic[0]
    return trends(data) | {
        "beta_unbiased": growth.corrected_shape[0],
        "lam": growth.corrected_scale[0],
        "rho": growth.corrected_intensity_per_h[0],
        "mtbf": growth.corrected_mtbf_h[0],
        "lr": robust,
        "cv": laplace(**closed, terminated="failure").statistic[0] / robust,
    }


def extended_projection(i):
    _, growth = grown(CASES[i["ref"]]["inputs"])
    found = growth_projection(
        growth=growth,
        first_h=i["first_occurrence"],
        failures=i["bd_counts"],
        effectiveness=i["fef"],
    )
    return {
        "beta_unb": found.unseen_per_h[0] * i["T"] / found.modes[0],
        "mean_fef": found.mean_effectiveness[0],
        "gp": found.potential_per_h[0],
        "proj": found.projected_per_h[0],
        "mtbf": found.projected_mtbf_h[0],
    }


def iec_growth(i):
    data, growth = grown(i)
    return {
        "n": growth.failures[0],
        "beta": growth.corrected_shape[0],
        "lam": growth.corrected_scale[0],
        "mtbf": growth.corrected_mtbf_h[0],
        "cvm": growth_goodness(**data, terminated="time", alpha=0.1).statistic[0],
    }


def submarines(i):
    data = flat([i["grampus"], i["halfbeak"]], [i["grampus_end"], i["halfbeak_end"]])
    settled = {"terminated": "time", "by": ["grampus", "halfbeak"]}
    z = laplace(**data, **settled).statistic
    x = mil_hdbk_189(**data, **settled).statistic
    return {"z_g": z[0], "z_h": z[1], "x_g": x[0], "x_h": x[1]}


def loaders(i):
    # The watch of each machine is taken to end, by date, at its last failure; that one is no event.
    ages = [list(accumulate(gaps)) for gaps in i["gaps_h"].values()]
    data = flat([age[:-1] for age in ages], [age[-1] for age in ages])
    return {"p": lewis_robinson(**data, terminated="time").p_value[0]}


def unequal_ends(i):
    growth = crow_amsaa(**flat(i["systems"], i["T"]), terminated="time", level=0.9)
    return {"beta": growth.shape[0], "lam": growth.scale[0]}


def six_systems(i):
    x, system, censor = (np.asarray(i[name]) for name in ("x", "system", "censor"))
    failed = censor == 0
    data = {"event_h": x[failed], "event_system": system[failed] - 1, "end_h": x[~failed]}
    degrees = mil_hdbk_189(**data, terminated="time").degrees_of_freedom
    return trends(data) | {"df": degrees[0]}


COMPUTED = {
    "D02": valve_seats,
    "D03b": two_fleets,
    "D06": mil_growth,
    "D08": nist_trend,
    "D09": crow_bounds,
    "D14": growth_and_trend,
    "D15": extended_projection,
    "D16": iec_growth,
    "D19": submarines,
    "D21": loaders,
    "D26": unequal_ends,
    "D27": six_systems,
}

test_every_case_is_tested, test_published_number = published_tests(CASES, COMPUTED)
