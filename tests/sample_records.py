"""Records that many tests start from, as JSON says them."""

TEST = {
    "pump_test_id": "T1",
    "equipment_id": "P1",
    "test_type": "FIELD",
    "test_date": "2026-01-01T00:00:00+00:00",
    "readings": [{"lift_type": "PCP", "rate_m3d": 10.0}],
}
INSTALLED = {
    "uwi": "W1",
    "source": "S",
    "equipment_id": "P1",
    "equip_obs_no": 1,
    "install_date": "2026-01-01T00:00:00Z",
}
RESULT = {
    "pump_test_result_id": "1",
    "run_id": "1",
    "pump_test_id": "T1",
    "equipment_id": "P1",
    "test_date": "2026-01-01T00:00:00Z",
    "lift_type": "PCP",
    "result_status": "PLAUSIBLE",
}
BAD_FINDING = {"code": "X", "severity": "BAD", "words": "w", "inputs": [1], "look_at": "l"}


def in_capitals(record):
    """The record with its names as PPDM's columns; units are left to the caller."""
    return {name.upper(): value for name, value in record.items()}
