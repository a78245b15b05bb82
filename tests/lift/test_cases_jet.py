"""Jet pumps, held to published numbers."""

import attrs
import numpy as np
import pytest

from published import cases, published_tests
from pumpperf.assumptions import (
    JET_LOSSES_GOSLINE_OBRIEN,
    JET_LOSSES_PEH,
    JET_LOSSES_WOFFL,
    PUMPPERF_2026,
)
from pumpperf.lift import jet
from pumpperf.units import BBL, CUBIC_FOOT, FOOT, PSI, SQUARE_INCH_IN_MM2, STANDARD_GRAVITY_MS2

CASES = cases("jet")
LOSSES = {
    losses.name: losses for losses in (JET_LOSSES_GOSLINE_OBRIEN, JET_LOSSES_PEH, JET_LOSSES_WOFFL)
}
LOSSLESS = attrs.evolve(
    JET_LOSSES_WOFFL, name="LOSSLESS", nozzle=0.0, suction=0.0, throat=0.0, diffuser=0.0
)
WATER_KGM3 = 999.016  # of 60 F, in which specific gravity counts


def ratios(b, m, losses):
    n = jet.jet_pressure_ratio(flow_ratio=m, area_ratio=b, losses=losses)
    return n, jet.jet_efficiency(flow_ratio=m, pressure_ratio=n)


def table(i):
    n, efficiency = ratios(i["b"], np.array(i["M"]), LOSSES[i["losses"]])
    return {"N": n.tolist(), "efficiency": efficiency.tolist()}


def two_sets(i):
    found = {}
    cunningham = attrs.evolve(JET_LOSSES_PEH, name="OTHER", nozzle_against_intake=False)
    for name, losses in {"woffl": JET_LOSSES_WOFFL, "PEH": cunningham}.items():
        found[f"N_{name}_K"], found[f"eff_{name}_K"] = ratios(i["b"], i["M"], losses)
    return found


def handbook(i):
    n, _ = ratios(i["b"], i["M"], JET_LOSSES_PEH)
    back = jet.jet_flow_ratio(pressure_ratio=n, area_ratio=i["b"], losses=JET_LOSSES_PEH)
    return {"N": n, "M_back": back}


def ideal(i):
    b = i["b"]
    _, efficiency = ratios(b, np.linspace(0.0, 0.999 * (1.0 - b) / b, 1000), LOSSLESS)
    return {"max_eff_lt_1": bool((efficiency < 1.0).all())}


def field_nozzle(i):
    rate = jet.nozzle_rate_m3d(
        nozzle_pressure_kpa=i["nozzle_psi"] * PSI,
        nozzle_exit_pressure_kpa=i["intake_psi"] * PSI,
        nozzle_area_mm2=i["area_in2"] * SQUARE_INCH_IN_MM2,
        density_kgm3=i["gamma"] * WATER_KGM3,
        losses=JET_LOSSES_GOSLINE_OBRIEN,
    )
    return {"q_bpd": rate / BBL}


def cavitation_area(i):
    area = jet.cavitation_area_mm2(
        rate_m3d=i["q_bpd"] * BBL,
        density_kgm3=i["gradient_psift"] * PSI * 1000.0 / (STANDARD_GRAVITY_MS2 * FOOT),
        intake_pressure_kpa=i["intake_psi"] * PSI,
        gas_oil_ratio=i["gor_scfbbl"] * CUBIC_FOOT / BBL,
        water_cut=i["water_cut"],
    )
    return {"area_in2": area / SQUARE_INCH_IN_MM2}


def limiting_flow(i):
    limit = jet.limiting_flow_ratio(
        intake_pressure_kpa=i["intake_psi"] * PSI,
        nozzle_pressure_kpa=i["nozzle_psi"] * PSI,
        vapour_pressure_kpa=0.0,
        area_ratio=i["R"],
        losses=JET_LOSSES_GOSLINE_OBRIEN,
    )
    return {"M_c": limit}


COMPUTED = {
    "jet_table_a": table,
    "jet_table_b": table,
    "jet_table_c": table,
    "jet_table_d": table,
    "jet_table_e": table,
    "jet_cunn_0.17": two_sets,
    "jet_handbook": handbook,
    "jet_ideal": ideal,
    "jet_nozzle_field": field_nozzle,
    "jet_cavitation_area": cavitation_area,
    "jet_limiting_flow": limiting_flow,
}

test_every_case_is_tested, test_published_number = published_tests(CASES, COMPUTED)


def test_the_default_losses_are_those_nearest_to_the_published_table():
    """As docs/jet.md says of each set."""

    def off(losses):
        tables = [case for name, case in CASES.items() if name.startswith("jet_table_")]
        return np.concatenate(
            [table(case["inputs"] | {"losses": losses.name})["N"] for case in tables]
        ) - np.concatenate([case["expected"]["N"] for case in tables])

    default, woffl, handbook = map(
        off, (PUMPPERF_2026.jet_losses, JET_LOSSES_WOFFL, JET_LOSSES_PEH)
    )
    assert default.size == 51
    assert abs(default).max() == pytest.approx(0.0015, abs=5e-5)
    assert abs(woffl).max() == pytest.approx(0.23, abs=0.005)
    assert [handbook.min(), handbook.max()] == pytest.approx([0.05, 0.46], abs=0.005)
