"""The public names as a caller's type checkers see them; checked, never run.

What must be refused carries a `type: ignore`: both checkers say so if it is not needed.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

import datetime as dt
from typing import assert_type

import attrs
import numpy as np
import pandas as pd
from starlette.applications import Starlette

import pumpperf
from pumpperf import (
    Equipment,
    EquipmentMaintain,
    EquipmentUseStat,
    EspReading,
    Finding,
    MemoryRepository,
    PumpEfficiency,
    PumpPerformanceService,
    PumpTest,
    PumpTestResult,
    Repository,
    RodReading,
    TestType,
    units,
)
from pumpperf.adapters.sql import SqlRepository
from pumpperf.adapters.web import JwtAuthenticator, create_app
from pumpperf.calc.hydraulics import hydraulic_power_kw
from pumpperf.interchange import frames, ppdm, records
from pumpperf.lift import esp, jet, rod
from pumpperf.lift.evidence import SuspectedFault, suspected_faults
from pumpperf.numeric import FloatArray
from pumpperf.reliability.rates import Mtbf, mtbf
from pumpperf.reliability.survival import SurvivalCurve, kaplan_meier
from pumpperf.reliability.weibull import Weibull, weibull

rates: FloatArray = np.array([1.0])
column: "pd.Series[float]" = pd.Series([1.0])

assert_type(hydraulic_power_kw(rate_m3d=1.0, pressure_rise_kpa=1.0), float)
assert_type(hydraulic_power_kw(rate_m3d=rates, pressure_rise_kpa=1.0), FloatArray)
assert_type(hydraulic_power_kw(rate_m3d=column, pressure_rise_kpa=column), "pd.Series[float]")
assert_type(units.convert(1.0, "psi", "kpa"), float)

fit = weibull(age_h=column, failed=[True], level=0.9, bounds="fisher", by=["ESP"])
assert_type(fit, Weibull)
assert_type(fit.lower_shape, FloatArray)
assert_type(kaplan_meier(age_h=rates, failed=rates, level=0.9), SurvivalCurve)
hours = mtbf(operating_h=800, failures=2, level=0.9, sided="two", terminated="time")
assert_type(hours, Mtbf)
assert_type(hours.trend.p_value, FloatArray)

test = PumpTest(
    pump_test_id="T1",
    equipment_id="P1",
    test_type=TestType.FIELD,
    test_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    readings=(EspReading(rate_m3d=100 * units.BBL_PER_DAY),),
)
same = PumpTest(
    pump_test_id="T1",
    equipment_id="P1",
    test_type="FIELD",
    test_date=pd.Timestamp("2026-01-01", tz="UTC"),
    readings=[EspReading(rate_m3d=100, uncertainty={"rate_m3d": 2}), RodReading()],
    duration_h=24,
)
assert_type(same.test_type, TestType)
assert_type(same.readings, tuple[pumpperf.Reading, ...])
assert_type(attrs.evolve(test, test_type="BENCH", readings=[RodReading()]), PumpTest)
surface = RodReading(card_position_m=[0, 1], card_load_kn=rates, downhole_load_kn=None)
assert_type(surface.card_load_kn, tuple[float, ...] | None)
assert_type(Equipment(equipment_id="P1", lift_type="ESP").lift_type, pumpperf.LiftType)
broken = EquipmentMaintain(
    equipment_id="P1", equip_maint_id="1", failure_ind=True, failure_mode="BRD", failure_cause=None
)
assert_type(broken.failure_mode, pumpperf.FailureMode | None)
log = EquipmentUseStat(
    equipment_id="P1", spec_id="1", sample_time=[test.test_date], power_kw=(x for x in (1, 2.0))
)
assert_type(log.power_kw, tuple[float, ...])
finding = Finding(code="x", severity="INFO", words="x", inputs=["rate_m3d"], look_at="x")
assert_type(finding.severity, pumpperf.Severity)

Equipment(equipment_id="P1", lift_type=3)  # type: ignore[arg-type]
Equipment(equipment_id="P1", lift_type=None)  # type: ignore[arg-type]
Equipment(equipment_id=1, lift_type="ESP")  # type: ignore[arg-type]
Equipment(equipment_id="P1", lift_type="ESP", depth_m=3)  # type: ignore[call-arg]
Equipment(lift_type="ESP")  # type: ignore[call-arg]
EspReading(rate_m3d="100")  # type: ignore[arg-type]
RodReading(card_load_kn=3)  # type: ignore[arg-type]
RodReading(card_load_kn=["3"])  # type: ignore[list-item]
PumpTest(
    pump_test_id="T1",
    equipment_id="P1",
    test_type="FIELD",
    test_date=test.test_date,
    readings=[3],  # type: ignore[list-item]
)

repository: Repository = MemoryRepository()
service = PumpPerformanceService(repository)
assert_type(service.record_test(test, user_id="ana"), PumpTest)
assert_type(service.calculate_result("T1", user_id="ana"), PumpTestResult)
assert_type(service.evaluate_efficiency("T1", user_id="ana"), PumpEfficiency)
assert_type(repository.get(PumpTest, "T1"), PumpTest)
assert_type(frames.to_frame([test]), pd.DataFrame)
assert_type(frames.rows_of(pd.DataFrame(), PumpTest), tuple[PumpTest, ...])
window = pumpperf.Window(test.test_date, test.test_date + dt.timedelta(days=1))
lives = frames.run_lives(pd.DataFrame(), pd.DataFrame(), window=window, clock="calendar")
assert_type(lives, tuple[pd.DataFrame, pd.DataFrame])
assert_type(ppdm.from_ppdm(PumpTest, {}), PumpTest)
assert_type(pumpperf.PUMPPERF_2026.mtbf_level, float)

string = rod.RodString(
    length_m=[900, 700],
    diameter_mm=[22.225, 19.05],
    mass_kgm=[3.31, 2.43],
    youngs_modulus_kpa=2.1e8,
    density_kgm3=7850,
    damping_1s=0.5,
)
card = rod.downhole_card(
    position_m=rates,
    load_kn=rates,
    speed_spm=8,
    string=string,
    fluid_density_kgm3=1000,
    harmonics=30,
)
assert_type(card, rod.DownholeCard)
assert_type(card.load_kn, FloatArray)
shown = rod.card_features(position_m=rates, load_kn=rates, expected_fluid_load_kn=20.0)
assert_type(suspected_faults(rod.FAULTS, shown), tuple[SuspectedFault, ...])
assert_type(rod.stroke_factor(plunger_stroke_m=1.0, stroke_m=2.0), float)
stage = esp.stage_curve(frequency_hz=50, rate_m3d=[0, 60], head_m=[12, 6], power_kw=[0.1, 0.1])
pump = esp.pump_curve(curve=stage, stages=100, frequency_hz=55)
assert_type(esp.operating_points(pump=pump, static_head_m=800), esp.OperatingPoints)
assert_type(esp.degradation(pump=pump, rate_m3d=40, head_m=900), esp.Degradation)
losses = pumpperf.PUMPPERF_2026.jet_losses
assert_type(jet.jet_pressure_ratio(flow_ratio=1.0, area_ratio=0.25, losses=losses), float)

kept = SqlRepository("pumps.db")
stored: Repository = kept
assert_type(kept.find(PumpTest, equipment_id="P1"), tuple[PumpTest, ...])
assert_type(kept.newest(PumpTest, by="test_date", count=1), tuple[PumpTest, ...])
assert_type(records.from_record(PumpTest, {}), PumpTest)
keys = JwtAuthenticator(keys="-----BEGIN PUBLIC KEY-----", audience="pumps", issuer="house")
assert_type(create_app(kept, authenticate=keys), Starlette)
