"""Why pumps are pulled, in the words of sheets, as failures by the division of ISO 14224."""

from collections.abc import Mapping

import attrs
from attrs import frozen

from pumpperf.errors import ArgumentError, is_a, shown
from pumpperf.interchange.sheets.wording import key_of, tokens_of
from pumpperf.model import FailureCause, FailureMechanism, FailureMode, FailureSubunit


@frozen
class Reason:
    """What a word for the reason of a pull says.

    Attributes:
        failed: whether the pump had failed.
        subunit: which part, as `FailureSubunit`.
        mode: how it showed itself, as `FailureMode`.
        mechanism: what led to it, as `FailureMechanism`.
        cause: why that could happen, as `FailureCause`.
    """

    failed: bool
    subunit: FailureSubunit | None = attrs.field(
        default=None, converter=attrs.converters.optional(FailureSubunit)
    )
    mode: FailureMode | None = attrs.field(
        default=None, converter=attrs.converters.optional(FailureMode)
    )
    mechanism: FailureMechanism | None = attrs.field(
        default=None, converter=attrs.converters.optional(FailureMechanism)
    )
    cause: FailureCause | None = attrs.field(
        default=None, converter=attrs.converters.optional(FailureCause)
    )


_SAID: Mapping[str, Reason] = {
    "rod_parted parted_rod parted_rods rods_parted rod_part rod_break rod_body_break broken_rod "
    "rod_failure varilla_partida varillas_partidas obryv_shtang": Reason(
        failed=True, subunit="ROD_STRING", mode="BRD", mechanism="BREAKAGE"
    ),
    "rod_box_break coupling_break broken_coupling rod_coupling": Reason(
        failed=True, subunit="ROD_STRING", mode="BRD", mechanism="BREAKAGE"
    ),
    "rod_unscrewed rods_unscrewed backed_off rods_backed_off": Reason(
        failed=True, subunit="ROD_STRING", mode="BRD", mechanism="LOOSENESS"
    ),
    "polished_rod_break polished_rod_parted": Reason(
        failed=True, subunit="SURFACE_DRIVE", mode="BRD", mechanism="BREAKAGE"
    ),
    "hole_in_tubing tubing_leak htbg hit tubing_hole tubing_failure fuga_tubing tubing_roto "
    "tuberia_rota negermetichnost_nkt": Reason(
        failed=True, subunit="TUBING", mode="INL", mechanism="LEAKAGE"
    ),
    "tubing_parted parted_tubing": Reason(
        failed=True, subunit="TUBING", mode="BRD", mechanism="BREAKAGE"
    ),
    "tubing_wear rod_wear_on_tubing": Reason(
        failed=True, subunit="TUBING", mode="INL", mechanism="WEAR"
    ),
    "worn_pump pump_worn pump_wear worn_out desgaste desgaste_bomba iznos_nasosa iznos": Reason(
        failed=True, subunit="PUMP", mode="LOO", mechanism="WEAR"
    ),
    "pump_failure failed_pump pump_failed falla_bomba otkaz_nasosa": Reason(
        failed=True, subunit="PUMP", mode="BRD"
    ),
    "stuck_pump pump_stuck stuck seized pump_seized atascada bomba_atascada zaklinivanie": Reason(
        failed=True, subunit="PUMP", mode="FTS", mechanism="STICKING"
    ),
    "sand sanded sanded_up sand_in_pump solids arena arenamiento pesok zasorenie": Reason(
        failed=True, subunit="PUMP", mode="PLU", mechanism="BLOCKAGE"
    ),
    "scale scaled_up incrustaciones soleotlozhenie": Reason(
        failed=True, subunit="PUMP", mode="PLU", mechanism="BLOCKAGE"
    ),
    "paraffin wax parafina aspo": Reason(
        failed=True, subunit="PUMP", mode="PLU", mechanism="BLOCKAGE"
    ),
    "gas_lock gas_locked gas_interference bloqueo_por_gas": Reason(
        failed=True, subunit="GAS_HANDLING", mode="LOO"
    ),
    "valve_leak traveling_valve_leak standing_valve_leak valve_failure leaking_valves": Reason(
        failed=True, subunit="PUMP", mode="INL", mechanism="LEAKAGE"
    ),
    "broken_shaft shaft_broken shaft_break eje_roto slom_vala": Reason(
        failed=True, subunit="PUMP", mode="BRD", mechanism="BREAKAGE"
    ),
    "elastomer stator_failure torn_stator swollen_elastomer stator_worn elastomero": Reason(
        failed=True, subunit="PUMP", mode="LOO", mechanism="MATERIAL"
    ),
    "low_production low_rate no_production no_flow baja_produccion snizhenie_debita": Reason(
        failed=True, mode="LOO"
    ),
    "motor_burned motor_burnt burned_motor motor_failure motor_electrical motor_short "
    "motor_quemado falla_motor": Reason(
        failed=True, subunit="MOTOR", mode="BRD", mechanism="ELECTRICAL"
    ),
    "motor_overheating motor_overheated": Reason(
        failed=True, subunit="MOTOR", mode="OHE", mechanism="OVERHEATING"
    ),
    "seal_failure protector_failure seal_leak falla_sello": Reason(
        failed=True, subunit="SEAL", mode="INL", mechanism="LEAKAGE"
    ),
    "cable_failure cable_burned cable_short cable_fault falla_cable otkaz_kabelya": Reason(
        failed=True, subunit="CABLE", mode="BRD", mechanism="SHORT_CIRCUIT"
    ),
    "mle_failure mle pothead pothead_failure penetrator": Reason(
        failed=True, subunit="CABLE", mode="BRD", mechanism="SHORT_CIRCUIT"
    ),
    "grounded electrical_ground ground_fault low_megger r_0 r0 snizhenie_izolyatsii": Reason(
        failed=True, mode="BRD", mechanism="EARTH_FAULT"
    ),
    "phase_unbalance open_phase": Reason(failed=True, mode="BRD", mechanism="OPEN_CIRCUIT"),
    "corrosion corroded": Reason(failed=True, mode="BRD", mechanism="CORROSION"),
    "vibration high_vibration": Reason(failed=True, mode="VIB", mechanism="VIBRATION"),
    "gauge_failure sensor_failure": Reason(failed=False),
    "failure failed falla otkaz unknown_failure": Reason(
        failed=True, subunit="UNKNOWN", mode="UNK", mechanism="UNKNOWN"
    ),
    "workover planned_workover scheduled planned preventive preventive_maintenance pm "
    "programado krs prs planovyy": Reason(failed=False),
    "upsize downsize resize pump_change size_change redesign optimization optimisation "
    "optimizacion optimizatsiya lift_change conversion converted change_of_lift": Reason(
        failed=False
    ),
    "stimulation acid_job frac recompletion perforating reperforate gtm fracture": Reason(
        failed=False
    ),
    "economic uneconomic shut_in abandoned p_and_a well_abandoned no_demand": Reason(failed=False),
    "test logging survey": Reason(failed=False),
}

REASONS: Mapping[str, Reason] = {
    phrase.replace("_", " "): reason for words, reason in _SAID.items() for phrase in words.split()
}
"""By the words of a sheet; pass a changed copy to `read_history` where a house speaks otherwise."""


def indexed(reasons: Mapping[str, Reason]) -> Mapping[str, Reason]:
    """Reasons by the key of their words.

    Raises:
        ArgumentError: one is no `Reason`.

    >>> indexed(REASONS)["holeintubing"].subunit
    <FailureSubunit.TUBING: 'TUBING'>
    """
    if not is_a(reasons, Mapping):
        raise ArgumentError(f"reasons = {shown(reasons)}: expected words with reasons")
    for words, reason in reasons.items():
        if not is_a(words, str) or not is_a(reason, Reason):
            raise ArgumentError(f"reasons[{shown(words)}] = {shown(reason)}: expected a Reason")
    return {key_of(tokens_of(words)): reason for words, reason in reasons.items()}
