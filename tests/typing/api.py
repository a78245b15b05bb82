"""The public names as a caller's type checkers see them; checked, never run."""

import datetime as dt
from typing import assert_type

import numpy as np
import pandas as pd

import pumpperf
from pumpperf import (
    EspReading,
    MemoryRepository,
    PumpEfficiency,
    PumpPerformanceService,
    PumpTest,
    PumpTestResult,
    Repository,
    TestType,
    units,
)
from pumpperf.calc.hydraulics import hydraulic_power_kw
from pumpperf.interchange import frames, ppdm
from pumpperf.numeric import FloatArray

rates: FloatArray = np.array([1.0])
column: "pd.Series[float]" = pd.Series([1.0])

assert_type(hydraulic_power_kw(rate_m3d=1.0, pressure_rise_kpa=1.0), float)
assert_type(hydraulic_power_kw(rate_m3d=rates, pressure_rise_kpa=1.0), FloatArray)
assert_type(hydraulic_power_kw(rate_m3d=column, pressure_rise_kpa=column), "pd.Series[float]")
assert_type(units.convert(1.0, "psi", "kpa"), float)

test = PumpTest(
    pump_test_id="T1",
    equipment_id="P1",
    test_type=TestType.FIELD,
    test_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    readings=(EspReading(rate_m3d=100 * units.BBL_PER_DAY),),
)
repository: Repository = MemoryRepository()
service = PumpPerformanceService(repository)
assert_type(service.record_test(test, user_id="ana"), PumpTest)
assert_type(service.calculate_result("T1", user_id="ana"), PumpTestResult)
assert_type(service.evaluate_efficiency("T1", user_id="ana"), PumpEfficiency)
assert_type(repository.get(PumpTest, "T1"), PumpTest)
assert_type(frames.to_frame([test]), pd.DataFrame)
assert_type(frames.rows_of(pd.DataFrame(), PumpTest), tuple[PumpTest, ...])
assert_type(ppdm.from_ppdm(PumpTest, {}), PumpTest)
assert_type(pumpperf.PUMPPERF_2026.mtbf_level, float)
