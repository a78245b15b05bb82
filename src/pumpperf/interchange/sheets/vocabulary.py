"""Words of sheets that are no field by themselves: open, of another quantity, or without weight."""

from collections.abc import Mapping

from pumpperf.interchange.sheets.wording import words_in

IMPLIED: Mapping[str, str] = {
    **dict.fromkeys(("bfpd", "blpd", "bopd", "bwpd"), "bpd"),
    **dict.fromkeys(("mcfd", "mscfd"), "mscfd"),
    **dict.fromkeys(("mmcfd", "mmscfd"), "mmscfd"),
    **dict.fromkeys(("spm", "strokesperminute", "strokesminimum", "emboladas"), "spm"),
    **dict.fromkeys(("chongci", "\u51b2\u6b21", "kachaniya", "chislokachaniy"), "spm"),
    **dict.fromkeys(("rpm", "zhuansu", "\u8f6c\u901f"), "rpm"),
    **dict.fromkeys(("hz",), "hz"),
    **dict.fromkeys(("api", "apigravity", "gravedadapi", "oilapi"), "api"),
    **dict.fromkeys(("oilsg", "oilspecificgravity", "watersg", "waterspecificgravity"), "sg"),
    **dict.fromkeys(("prhp", "polishedrodhorsepower"), "hp"),
    **dict.fromkeys(("amps", "amp", "amperage", "amperes"), "a"),
    **dict.fromkeys(("runningamps", "motoramps"), "a"),
    **dict.fromkeys(("volts", "motorvolts"), "v"),
    **dict.fromkeys(("kw", "motorkw", "inputkw"), "kw"),
    **dict.fromkeys(("kwmotor", "kwinput"), "kw"),
    **dict.fromkeys(("hours", "horas"), "h"),
}
"""Names that say their unit."""

USUAL: Mapping[str, str] = {
    "frequency": "hz",
    "speed": "",
    "current": "a",
    "voltage": "v",
    "gas_gravity": "",
    "power_factor": "",
}
"""Units so usual that a sheet leaves them out; each is told as taken."""

MORE_WORDS: Mapping[str, str] = {
    "input_power": "kw motor_kw input_kw kw_motor kw_input surface_kw",
    "gas_rate": "mscfd mmcfd mmscfd mscf mcf total_gas_rate gas_total",
    "liquid_rate": "gross gross_liquid gross_volume total_fluid_rate fluid fluids gross_fluid "
    "total_liquid_rate test_fluid fluid_bbl",
    "runtime": "hours_run run_hours hours_online online_hours hours_producing producing_hours "
    "on_hours hours_on_production rt operating_hours",
    "running_share": "run_time_pct runtime_pct pct_run pct_runtime pct_run_time run_pct uptime "
    "uptime_pct run_time_share yunxingshilv \u8fd0\u884c\u65f6\u7387 pct_on pump_on_pct",
    "fluid_above_pump": "fap fluid_above_pump fluid_level_above_pump level_above_pump "
    "fluid_over_pump "
    "liquid_above_pump gassy_fluid_above_pump sumergencia submergence chenmodu "
    "\u6c89\u6ca1\u5ea6 "
    "gas_and_liquid_above_pump pogruzhenie fop gas_liquid_above_pump",
    "fluid_level": "fl_from_surface fluid_level_from_surface depth_to_fluid fluid_depth "
    "liquid_level_depth ftf "
    "feet_to_fluid dtf fluid_level_depth distance_to_fluid distance_to_liquid level_from_surface "
    "depth_to_liquid",
    "pump_depth": "pump_depth_tvd psd_tvd pump_tvd tvd_pump intake_depth pump_intake_depth_tvd",
    "lift_type": "lift al artificial_lift artificial_lift_type lift_method lift_system al_type "
    "al_method sistema_de_extraccion metodo_de_extraccion tipo_extraccion tipo_de_extraccion "
    "tipoextraccion metodo_produccion sla "
    "sposob_ekspluatatsii method_of_lift \u4e3e\u5347\u65b9\u5f0f type_of_lift pump_type "
    "tipo_de_bomba",
    "test_type": "bench_or_field",
    "pump_test_id": "test_id test_no test_ref",
    "install_date": "installed ran run_in date_in",
    "removal_date": "date_out pull_out out_date",
    "failure_date": "failed fail_date failed_date date_failed date_of_failure fecha_falla "
    "down_date "
    "data_otkaza",
    "failure_ind": "failure_y_n failed_y_n is_failure failure_yes_no failed_yes_no falla_si_no",
    "pull_reason": "reason reason_for_pull pull_reason reason_pulled failure_reason "
    "failure_cause "
    "cause_of_failure failure causa_falla motivo motivo_de_retiro prichina prichina_podyoma "
    "prichina_otkaza root_cause pulling_reason failed_component \u539f\u56e0",
    "oil_mass_rate": "oil_mass",
    "liquid_mass_rate": "liquid_mass",
    "stroke": "stroke_in stroke_length_in",
    "plunger_stroke": "gross_stroke downhole_stroke gross_plunger_stroke",
    "equipment_id": "pump_serial_id rod_pump_id",
    "serial_num": "pump_s_n s_n",
    "speed": "strokes_min strokes_per_min",
    "discharge_pressure": "pd",
    "intake_pressure": "pi p_intake pint p_int",
    "wellhead_pressure": "tp thp_tubing tubing_psi",
    "casing_pressure": "cp csg casing_psi",
    "current": "i",
    "voltage": "u",
    "intake_temperature": "ti t_intake tint",
    "test_date": "test_date_and_time test_date_time date_time datetime date_and_time",
    "uwi": "lease_and_well well_and_lease id_pozo idpozo well_id_name",
    "pressure_rise": "dp_cross_pump dp_across_pump deltap_pump",
}
"""What sheets call a column where the name alone would say too little at a door."""

OPEN: Mapping[str, tuple[str, str]] = {
    "pressure p surface_pressure presion davlenie backpressure_tubing tubing_line_pressure "
    "thp_flp whp_flp flowing_pressure well_pressure": (
        "wellhead_pressure casing_pressure intake_pressure discharge_pressure",
        "where: tubing head, casing, intake, or the line behind the choke",
    ),
    "rate production q flow flow_rate test_rate caudal debit bpd daily_production volume_rate "
    "produccion daily_rate bbl_d total_rate total": (
        "liquid_rate oil_rate water_rate rate",
        "of what: all liquid, oil or water, in the tank or at the pump",
    ),
    "level fl fluid_level nivel uroven liquid_level working_fluid_level nivel_fluido "
    "nivel_de_fluido "
    "wfl fluid_lvl": (
        "fluid_level fluid_above_pump",
        "from where: depth below the surface, or height above the pump",
    ),
    "temperature t temperatura bht bottom_hole_temperature wenduu flt downhole_temperature "
    "flowline_temperature bottomhole_temperature": (
        "intake_temperature wellhead_temperature",
        "where: at the pump's intake or at the wellhead",
    ),
    "downhole_pressure bhp bottom_hole_pressure fbhp pwf bottomhole_pressure gauge_pressure": (
        "intake_pressure discharge_pressure",
        "where: at the intake, at the discharge, or at the perforations, which is no field",
    ),
    "power hp horsepower potencia motor_hp motor_horsepower": (
        "input_power polished_rod_power shaft_power",
        "which: measured input, polished rod, shaft; a motor's plate is none",
    ),
    "pump bomba nasos pump_name_type": (
        "equipment_id lift_type model_num",
        "what of it: its number, how it lifts, or its model",
    ),
    "type tipo": ("lift_type test_type model_num", "of what: lift system or test"),
    "gravity sg density specific_gravity densidad plotnost": (
        "oil_density water_density gas_gravity liquid_density",
        "of what: oil, water, gas, or the mixture at the pump",
    ),
    "size diameter bore": ("plunger_diameter tubing_inner_diameter", "of what"),
    "tubing_size tubing_diameter tubing_od casing_size casing_od csg_size tubing_dia": (
        "tubing_inner_diameter casing_inner_diameter",
        "a size is the outer diameter: which inner diameter has it",
    ),
    "depth profundidad glubina": ("pump_depth fluid_level", "of what: the pump or the fluid level"),
    "load carga": ("peak_rod_load minimum_rod_load fluid_load", "which"),
    "efficiency eff": (
        "motor_efficiency drive_efficiency",
        "of what; those of pump and system are calculated, not read",
    ),
    "id name no nombre": ("uwi equipment_id pump_test_id", "of what: well, pump or test"),
    "hours time horas vremya": ("runtime duration", "which: running, or the whole test"),
    "rod rods rod_size": ("rod_diameter", "of which taper: the field wants the mean of the string"),
    "viscosity": ("liquid_viscosity", "of what: the mixture in the tubing, or oil alone"),
}
"""Names that more than one field may have: the candidates, and the question."""

ASIDE: Mapping[str, str] = {
    "line_pressure flp lp fllp flowline_pressure flow_line_pressure line linear_pressure rlin "
    "plin "
    "p_lin r_lin huiya hui_ya \u56de\u538b linea presion_linea presion_de_linea "
    "separator_pressure "
    "lineynoe_davlenie manifold_pressure": "pressure behind the choke",
    "choke choke_size bean estrangulador reductor shtutser dsht avg_choke_size": "choke",
    "motor_temperature motor_tm tm winding_temperature motor_winding_temperature "
    "temperatura_motor": "temperature of the motor",
    "gor_liquid glr gas_liquid_ratio rgl": "gas over liquid: the field wants gas over oil",
    "gflap gas_free_liquid_above_pump gas_free_fluid_above_pump gas_free_fap": (
        "gas-free height: the level itself and the liquid's share are wanted"
    ),
    "company operator field pad battery area lease formation zone reservoir block facility route "
    "foreman engineer pumper county state basin yacimiento campo bateria mestorozhdenie kust "
    "plast "
    "formacion empresa \u533a\u5757 \u5c42\u4f4d status estado sostoyanie well_type tipopozo "
    "flow_kind tipo_pozo fluid_type": "where and whose the well is",
    "vibration motor_vibration vib motor_vib leakage leak current_leak motor_current_leak "
    "megaohm insulation dielectric phase phase_imbalance unbalance bengxiao pinghengdu hansha "
    "\u5e73\u8861\u5ea6 \u6cf5\u6548 pump_efficiency system_efficiency": "no reading of a test",
    "salinity chlorides chloride ppm h2s co2 ph sand sediment solids emulsion": "chemistry",
    "static_level static_fluid_level nivel_estatico nst static_pressure sbhp reservoir_pressure "
    "pr productivity_index oil_pi liquid_pi pi_oil pi_liquid ipr drawdown dd": "of the reservoir",
    "run_life run_days days_run mtbf run_life_days narabotka dias_operacion": "follows from dates",
    "dp_tubing tubing_dp": "difference along the tubing",
    "jtf joints_to_fluid jts_to_fluid": "joints of pipe: multiply by the mean length of a joint",
}
"""Names of the trade for which there is no field, and what they are."""

OTHER = words_in(
    "target previous last prior design rated nameplate cum cumulative allocated potential "
    "theoretical calculated calc delta change lost loss deferred injection injected inj iny "
    "inyeccion zakachka zhushui budget plan "
    "planned forecast model predicted dissolved solution volume sales sold flared fuel acumulado "
    "nakoplennaya leiji limit alarm setpoint set_point cost price delta uncertainty error"
)
"""A word that makes another quantity of a measured one."""

FILLERS = words_in(
    "average mean test tested well status daily measured meas actual reading value data the "
    "of at "
    "per in for current_ flowing flow p total_ surface downhole meter multiphase esp srp rrp pcp "
    "rod_ mfm wt field latest normalized day cross across haimo and lab separator final online "
    "parameters readings info from net running"
)
"""Words that change nothing of what is measured."""

NO_NUMBER = words_in("status type code flag kind quality source name comment")
"""Words that, at the end, make of a quantity something else than its number."""

SOFT = words_in("production produced rate pressure volume_ result results fluid_ electrical")
"""Words that are left out where the rest says more."""
