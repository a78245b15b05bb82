"""What the trade calls our fields, so that an unknown name is told by its meaning or not at all."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from pumpperf.fields import Field
from pumpperf.units import KINDS

SYNONYMS: Mapping[str, str] = {
    "rate": "pump_rate intake_rate",
    "liquid_rate": "fluid_rate gross_rate total_fluid total_liquid liquid_production liquid "
    "gross_production fluid_production bfpd blpd q_liquid ql caudal_bruto bruta "
    "produccion_bruta fluido_total debit_zhidkosti q_zh qzh qzhid richanye chanye "
    "ri_chan_ye chanyeliang 产液量 日产液 日产液量",
    "oil_rate": "bopd oil oil_production q_oil qo petroleo crudo produccion_petroleo "
    "caudal_petroleo debit_nefti qn q_n richanyou chanyou chanyouliang 产油量 "
    "日产油 日产油量",
    "water_rate": "bwpd water water_production q_water qw agua produccion_agua caudal_agua "
    "debit_vody qv q_v richanshui chanshui 产水量 日产水 日产水量",
    "gas_rate": "gas gas_production total_gas mcfd q_gas qg produccion_gas caudal_gas "
    "debit_gaza q_g richanqi 产气量 日产气量",
    "casing_gas_rate": "casing_gas annulus_gas csg_gas",
    "gas_oil_ratio": "gor rgp gas_petroleo relacion_gas_petroleo gazovyy_faktor gazovyi_faktor gf "
    "g_f 气油比 生产气油比",
    "gas_gravity": "gas_sg sgg",
    "oil_density": "api api_gravity oil_gravity oil_api plotnost_nefti densidad_petroleo "
    "gravedad_api yuanyoumidu 原油密度 oil_sg oil_specific_gravity",
    "water_density": "brine_density plotnost_vody densidad_agua 地层水密度 water_sg "
    "water_specific_gravity",
    "formation_volume_factor": "fvf bo oil_fvf",
    "intake_temperature": "pump_intake_temperature intake_temp bht bottom_hole_temperature "
    "temperatura_entrada t_priem t_priem_etsn temperatura_na_prieme 泵入口温度",
    "wellhead_temperature": "wht tubing_temperature flowline_temperature temperatura_cabezal "
    "t_ustya "
    "temperatura_na_ustye jingkouwendu 井口温度",
    "liquid_viscosity": "viscosity fluid_viscosity",
    "water_cut": "wc wcut bsw bs_w bs_and_w watercut corte_agua corte_de_agua obvodnennost "
    "obvodnennost_obyomnaya obv obvod hanshui hanshuilv 含水 含水率 体积含水率",
    "intake_pressure": "pip pump_intake_pressure pump_intake intake suction_pressure "
    "presion_entrada "
    "presion_succion presion_de_entrada presion_entrada_bomba rpr rpriem ppriem "
    "p_pr p_priem p_priem_etsn davlenie_na_prieme davlenie_na_prieme_nasosa "
    "泵入口压力 吸入口压力",
    "discharge_pressure": "pdp pump_discharge_pressure pump_discharge discharge presion_descarga "
    "presion_de_descarga p_vykid p_vykid_etsn 泵出口压力",
    "pressure_rise": "dp delta_p differential_pressure pump_dp",
    "wellhead_pressure": "whp thp ftp fthp tubing_pressure tubing_head_pressure tubing_head tubing "
    "flowing_tubing_pressure wellhead presion_cabezal presion_de_cabezal "
    "presion_cabeza presion_tubing presion_boca_de_pozo rbuf pbuf r_buf p_buf "
    "bufernoe_davlenie bufernoe youya you_ya 油压 井口油压",
    "casing_pressure": "chp csg_pressure casing_head_pressure annulus_pressure casing csg "
    "presion_casing presion_anular presion_de_casing rzat pzat r_zat p_zat "
    "zatrubnoe_davlenie zatrubnoe p_zatrubnoe taoya tao_ya 套压 井口套压",
    "pump_depth": "psd pump_setting_depth pump_set_depth setting_depth pump_intake_depth "
    "seating_nipple_depth profundidad_bomba profundidad_de_bomba "
    "profundidad_de_la_bomba nsp hsp n_sp h_sp glubina_spuska "
    "glubina_spuska_nasosa bengshen benggua bengguashendu 泵挂 泵挂深度 泵深",
    "fluid_level": "dfl dynamic_fluid_level dynamic_level liquid_level working_fluid_level "
    "nivel_dinamico ndin hdin n_din h_din h_din_ur dinamicheskiy_uroven "
    "dinamicheskii_uroven dongyemian dong_ye_mian 动液面 动液面深度",
    "input_power": "motor_power motor_input_power active_power real_power potencia_motor "
    "potencia_activa aktivnaya_moshchnost moshchnost akt_moshchnost 有功功率 "
    "电机功率 dianjigonglu",
    "current": "amps amp amperage amperes motor_amps motor_current running_amps motor "
    "corriente corriente_motor tok tok_dvigatelya dianliu dianjidianliu 电流 "
    "电机电流",
    "voltage": "volts volt motor_volts motor_voltage surface_voltage motor voltaje tension "
    "napryazhenie dianya dianjidianya 电压 电机电压",
    "frequency": "hz vsd vsd_frequency vfd vfd_frequency drive_frequency drive motor_frequency "
    "motor frecuencia chastota f_toka chastota_toka pinlv 频率 运行频率",
    "power_factor": "pf cos_phi factor_potencia factor_de_potencia cos_fi "
    "koeffitsient_moshchnosti 功率因数",
    "speed": "spm rpm strokes_per_minute pumping_speed pump_speed pump rod_speed velocidad "
    "velocidad_bomba emboladas oboroty chastota_vrashcheniya chislo_kachaniy "
    "kachaniya chongci chong_ci zhuansu 冲次 转速",
    "stroke": "stroke_length surface_stroke polished_rod_stroke sl carrera carrera_vastago "
    "dlina_hoda dlina_khoda chongcheng chong_cheng 冲程",
    "plunger_diameter": "pump_bore plunger plunger_size pump_diameter diametro_piston "
    "diametro_bomba diametr_nasosa diametr_plunzhera bengjing beng_jing 泵径",
    "polished_rod_power": "prhp polished_rod_horsepower",
    "peak_rod_load": "pprl peak_load maximum_rod_load carga_maxima max_load 最大载荷",
    "minimum_rod_load": "mprl minimum_load carga_minima min_load 最小载荷",
    "liquid_density": "fluid_density density",
    "rod_torque": "torque polished_rod_torque momento_torsor",
    "runtime": "run_time hours_on on_time horas_marcha horas_operacion horas_de_marcha "
    "vremya_raboty kaijingshijian yunxingshijian on_stream uptime_hours 运行时间 "
    "生产时间 日开井时间",
    "equipment_id": "pump_id pump_name pump_no pump_number bomba esp_id",
    "tubing_inner_diameter": "tubing_id tbg_id",
    "casing_inner_diameter": "casing_id csg_id",
    "rod_diameter": "rod_size",
    "uwi": "well_id well_name well api_number pozo nombre_pozo sigla skvazhina skv "
    "nomer_skvazhiny jinghao jing_hao jingming 井号 井名 well_no well_number "
    "well_id_no wellbore well_bore_code well_bore wellbore_name uwi_api "
    "lease_well",
    "test_date": "date_of_test date fecha fecha_prueba fecha_de_prueba data data_zamera riqi "
    "日期 测试日期 dateprd prod_date",
    "test_type": "kind_of_test",
    "duration": "test_hours hours_tested test_duration duration_of_test test_length",
    "fillage": "pump_fillage fill pump_fill llenado llenado_bomba zapolnenie",
    "remark": "remarks comment comments observaciones observacion primechanie beizhu 备注 "
    "notes note",
    "install_date": "install installation_date run_date date_run run_in_date "
    "date_installed fecha_instalacion data_spuska data_montazha",
    "removal_date": "pulled pull pull_date date_pulled removal removed date_removed pulling_date "
    "fecha_retiro data_podyoma",
    "drive_efficiency": "surface_efficiency",
    "motor_efficiency": "motor_eta",
    "revolution_displacement": "pump_displacement displacement_per_revolution",
    "power_fluid_rate": "pf_rate power_fluid power_oil_rate",
    "power_fluid_pressure_rise": "power_fluid_pump_dp",
    "serial_num": "serial serial_number sn_pump",
    "model_num": "model pump_model",
    "manufacturer": "vendor maker make brand",
}
"""By the name of a field without its unit."""

_WRITTEN = {
    "bpd": "bfpd blpd bopd bwpd bbl_d bbl_day",
    "mscfd": "mcfd mcf_d mscf_d",
    "scfbbl": "scf_bbl scf_stb",
    "pct": "percent",
    "lmin": "l_min lpm",
    "td": "t_d t_day",
    "m3d": "m3_d m3_day",
    "a": "amps amp amperes",
    "v": "volts volt",
    "ft": "feet",
    "in": "inch inches",
    "hp": "prhp",
    "h": "hours hrs",
    "kgm3": "kg_m3",
    "lbf": "lbs",
}
UNITS: Mapping[str, str] = {word: unit for unit, ways in _WRITTEN.items() for word in ways.split()}
"""How the trade writes units, by our suffix."""

ALIKE = 0.8
"""Names less alike than this are other names, not misspelt ones."""

_OURS = {unit for kind in KINDS for unit in kind.scales if unit}
_FIELDS: dict[str, list[str]] = {}
for _base, _words in SYNONYMS.items():
    for _word in _words.split():
        _FIELDS.setdefault(_word, []).append(_base)


def meant(name: str, fields: Iterable[Field]) -> str | None:
    """The name of the field that was probably meant, in the unit that was written; None if none.

    Where a unit is written, only a field that may come in it is meant: by what the trade calls it,
    or by letters that are nearly those.

    Args:
        name: as the caller wrote it.
        fields: those that there are.

    >>> from pumpperf import PcpReading
    >>> from pumpperf.fields import describe
    >>> [meant(name, describe(PcpReading)) for name in ("PIP_PSI", "BFPD", "OIL_RATE_BPD")]
    ['intake_pressure_psi', 'liquid_rate_bpd', 'oil_rate_bpd']
    """
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    by_base = {field.base: field for field in fields}
    for base, unit in _parted(words):
        fitting = {of.base: of for of in by_base.values() if _fits(of, unit)}
        found = next((one for one in _FIELDS.get(base, [base]) if one in fitting), None)
        if found is None:
            found = _nearest(base, fitting)
        if found is not None:
            field = fitting[found]
            return f"{found}_{unit}" if unit else field.name
    return None


def _parted(words: str) -> list[tuple[str, str]]:
    """A name as it may be read: what it is of, and its unit; without one first if it has none."""
    parts = words.split("_")
    found: list[tuple[str, str]] = []
    for count in (2, 1):
        tail = "_".join(parts[-count:])
        unit = UNITS.get(tail, tail)
        if unit in _OURS:
            found.append(("_".join(parts[:-count]) or words, unit))
    return found or [(words, "")]


def _fits(field: Field, unit: str) -> bool:
    return not unit or (field.kind is not None and unit in field.kind.accepted)


def _nearest(base: str, fitting: Mapping[str, Field]) -> str | None:
    likeness = {
        one: SequenceMatcher(None, base, one).ratio()
        for one in fitting
        if one[0] == base[:1] and abs(len(one) - len(base)) <= len(one) / 4
    }
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= ALIKE else None
