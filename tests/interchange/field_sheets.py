# ruff: noqa: E501, RUF001  # sheets as they are
"""Sheets with the worst habits of field houses, and what each header means, written by hand.

What a header means: a field and its unit where it has one meaning, `OPEN` where it has more than
one and somebody must decide, `ASIDE` where no field has it.
"""

from pumpperf.adapters.sheets import clipboard_text

OPEN, ASIDE = ("open", None), ("aside", None)
PSI = OPEN  # gauge or absolute

WEST_TEXAS = """\
North Unit - Monthly Well Tests,,,,,,,,,,,,,,,,,,,,
,,,,,,,,,,,,,,,,,,,,
Lease & Well,Test Date,AL Type,BFPD,BOPD,BWPD,MCFD,BS&W,TBG Press,CSG Press,Flowline Press,Fluid Level,PSD,SPM,SL,Pump Bore,Tubing ID,API,Hrs On,Motor Amps,Remarks
,mm/dd/yy,,,,,,%,psig,psig,psig,ft,ft,,in,in,in,deg API,hrs,A,
Hale 1,01/14/26,RRP,"1,210.5",121,"1,089",TSTM,90,120,35,60,"3,950","5,120",7.2,144,2-1/4,2.441,34.2,24,31,ok
Hale 2,01/15/26,Beam,96,58,38,12,39.6,85,20,55,N/A,"4,880",6,120,1 3/4,2.441,34.2,22.5,18,
Hale 3,01/16/26,RRP,down,-,-,-,-,-,-,-,-,-,-,-,-,-,-,0,-,rods parted
,,,,,,,,,,,,,,,,,,,,
Hale 4,01/17/26,RRP,300,45,255,8,85,110,30,60,2800,4700,8,120,2,2.441,33,24,22,
Total,,,"1,606.5",224,"1,382",20,,,,,,,,,,,,,,
Note: gauge off by calibration,,,,,,,,,,,,,,,,,,,,
"""
WEST_TEXAS_MEANS = {
    "Lease & Well": ("uwi", ""),
    "Test Date": ("test_date", "month first"),
    "AL Type": ("lift_type", ""),
    "BFPD": ("liquid_rate_m3d", "bpd"),
    "BOPD": ("oil_rate_m3d", "bpd"),
    "BWPD": ("water_rate_m3d", "bpd"),
    "MCFD": ("gas_rate_sm3d", "mscfd"),
    "BS&W": ("water_cut", "pct"),
    "TBG Press": ("wellhead_pressure_kpa", "psig"),
    "CSG Press": ("casing_pressure_kpa", "psig"),
    "Flowline Press": ASIDE,
    "Fluid Level": OPEN,
    "PSD": ("pump_depth_m", "ft"),
    "SPM": ("speed_spm", "spm"),
    "SL": ("stroke_m", "in"),
    "Pump Bore": ("plunger_diameter_mm", "in"),
    "Tubing ID": ("tubing_inner_diameter_mm", "in"),
    "API": ("oil_density_kgm3", "api"),
    "Hrs On": ("runtime_h", "h"),
    "Motor Amps": ("current_a", "a"),
    "Remarks": ("remark", ""),
}

SPANISH = """\
Pozo;Fecha;Sistema de Extracción;Caudal Bruto (m³/d);Petróleo (m3/d);Corte de Agua %;Gas (m3/d);\
Presión Tubing (kg/cm2);Presión Casing kg/cm² g;Nivel Dinámico [m];Prof. Bomba (m);Emboladas (epm);\
Carrera (pulg);Diám. Pistón (mm);Llenado %;Horas Marcha;Corriente (A);Presión de Línea;Torque;\
Observaciones
PZ-101;31/01/2026;BM;45,6;12,3;73,0;1.250;9,5;2,1;1.150,5;1.420;7,5;120;57,2;88;24;35,2;6,0;310;-
PZ-102;02/02/2026;BES;310,2;22,0;92,9;2.300,5;12,0;3,0;900;1.800;-;-;-;-;23,5;62,0;7,0;-;variador
PZ-103;03/02/2026;BCP;28,0;19,6;30,0;s/d;8,0;1,0;s/d;950;-;-;-;-;24;18;5,5;410;-
Promedio;;;127,9;18,0;65,3;;;;;;;;;;;;;;
"""
SPANISH_MEANS = {
    "Pozo": ("uwi", ""),
    "Fecha": ("test_date", "day first"),
    "Sistema de Extracción": ("lift_type", ""),
    "Caudal Bruto (m³/d)": ("liquid_rate_m3d", "m3d"),
    "Petróleo (m3/d)": ("oil_rate_m3d", "m3d"),
    "Corte de Agua %": ("water_cut", "pct"),
    "Gas (m3/d)": ("gas_rate_sm3d", "sm3d"),
    "Presión Tubing (kg/cm2)": OPEN,
    "Presión Casing kg/cm² g": ("casing_pressure_kpa", "kgfcm2g"),
    "Nivel Dinámico [m]": ("fluid_level_m", "m"),
    "Prof. Bomba (m)": ("pump_depth_m", "m"),
    "Emboladas (epm)": ("speed_spm", "spm"),
    "Carrera (pulg)": ("stroke_m", "in"),
    "Diám. Pistón (mm)": ("plunger_diameter_mm", "mm"),
    "Llenado %": ("fillage", "pct"),
    "Horas Marcha": ("runtime_h", "h"),
    "Corriente (A)": ("current_a", "a"),
    "Presión de Línea": ASIDE,
    "Torque": OPEN,
    "Observaciones": ("remark", ""),
}

RUSSIAN = """\
\tСкв.\tДата\tСпособ эксплуатации\tДебит\t\tОбв\tДавление\t\t\tНдин\tНсп\tF тока\tI\tU\tГазовый фактор
\t\tзамера\t\tQж\tQн\t\tРбуф\tРзат\tРлин\t\t\t\t\t\t
\t\t\t\tм3/сут\tт/сут\t% (вес)\tатм\tатм\tатм\tм\tм\tГц\tА\tВ\tм3/т
1\t101\t31.01.2026\tУЭЦН\t120,5\t25,1\t75,2\t18\t12\t15\t1100\t1850\t50\t32,5\t1950\t45
2\t102\t01.02.2026\tШГН\t14,2\t8,3\t32\t9\t6\t8\t850\t1240\t-\t12\t380\t52
3\t103\t02.02.2026\tУЭЦН\t1 250,0\t88\t91,8\t20\t14\t15\t640\t2100\t49,8\t61\t2100\t40
\tИтого\t\t\t1384,7\t121,4\t\t\t\t\t\t\t\t\t\t
"""
RUSSIAN_MEANS = {
    "Скв.": ("uwi", ""),
    "Дата замера": ("test_date", "day first"),
    "Способ эксплуатации": ("lift_type", ""),
    "Дебит Qж": ("liquid_rate_m3d", "m3d"),
    "Дебит Qн": ("oil_mass_rate_td", "td"),
    "Обв": ASIDE,
    "Давление Рбуф": OPEN,
    "Давление Рзат": OPEN,
    "Давление Рлин": ASIDE,
    "Ндин": ("fluid_level_m", "m"),
    "Нсп": ("pump_depth_m", "m"),
    "F тока": ("frequency_hz", "hz"),
    "I": ("current_a", "a"),
    "U": ("voltage_v", "v"),
    "Газовый фактор": ASIDE,
}

CHINESE = """\
井号,日期,举升方式,日产液量(t/d),日产油量(t/d),含水率(%),油压(MPa),套压(MPa),回压(MPa),动液面(m),泵挂(m),沉没度(m),冲程(m),冲次(1/min),泵径(mm),电机功率(kW),电流(A),运行时率(%),chouyoujileixing
A1-1,2026-01-05,抽油机,32.5,6.1,81.2,0.45,0.6,0.4,980,1500,520,3,6,57,12.4,35,96,CYJ10
A1-2,2026-01-05,抽油机,18.2,9,50.5,0.3,0.2,0.3,1210,1650,440,2.5,5,44,8.8,28,100,CYJ8
A1-3,2026-01-06,电泵,120,12.5,89.6,0.8,0.9,0.5,700,1800,1100,,,,55,60,100,
合计,,,170.7,27.6,,,,,,,,,,,,,,
"""
CHINESE_MEANS = {
    "井号": ("uwi", ""),
    "日期": ("test_date", ""),
    "举升方式": ("lift_type", ""),
    "日产液量(t/d)": ("liquid_mass_rate_td", "td"),
    "日产油量(t/d)": ("oil_mass_rate_td", "td"),
    "含水率(%)": ("water_cut", "pct"),
    "油压(MPa)": OPEN,
    "套压(MPa)": OPEN,
    "回压(MPa)": ASIDE,
    "动液面(m)": ("fluid_level_m", "m"),
    "泵挂(m)": ("pump_depth_m", "m"),
    "沉没度(m)": ("fluid_above_pump_m", "m"),
    "冲程(m)": ("stroke_m", "m"),
    "冲次(1/min)": ("speed_spm", "spm"),
    "泵径(mm)": ("plunger_diameter_mm", "mm"),
    "电机功率(kW)": ("input_power_kw", "kw"),
    "电流(A)": ("current_a", "a"),
    "运行时率(%)": ("running_share", "pct"),
    "chouyoujileixing": ASIDE,
}

GULF = """\
,,,Rates,,,,Pressures (psi),,,,Downhole,,,Electrical,,,,Temperature,
API,Well Name,Date,Total Fluid bbl/d,Oil bbl/d,W/C,GOR scf/stb,WHP,CHP,FLP,PIP (psia),PDP (psia),Motor Temp (F),Prod,Freq (Hz),Volts,Amps,kW,WHT (F),Rate
4210312345,G-7,46036,2450,245,90%,350,210,0,150,1450,3650,285,,52.5,2300,48,150,140,2450
4210312346,G-8,46036.25,1800,540,70%,410,180,20,150,1220,3300,290,,50,2250,41,128,138,1800
API,Well Name,Date,Total Fluid bbl/d,Oil bbl/d,W/C,GOR scf/stb,WHP,CHP,FLP,PIP (psia),PDP (psia),Motor Temp (F),Prod,Freq (Hz),Volts,Amps,kW,WHT (F),Rate
4210312347,G-9,46037,,,#N/A,,190,15,150,1300,3450,300,,51,2280,44,135,139,
4210312348,G-10,46037,900 bbl/d,90,90%,500,175,12,150,1350 psig,3100,275,,48,2200,35,98,131,900
workover rig on G-9,,,,,,,,,,,,,,,,,,,
"""
GULF_MEANS = {
    "API": OPEN,
    "Well Name": OPEN,
    "Date": ("test_date", ""),
    "Rates Total Fluid bbl/d": ("liquid_rate_m3d", "bpd"),
    "Rates Oil bbl/d": ("oil_rate_m3d", "bpd"),
    "Rates W/C": ("water_cut", "pct"),
    "Rates GOR scf/stb": ("gas_oil_ratio_m3m3", "scfbbl"),
    "Pressures (psi) WHP": PSI,
    "Pressures (psi) CHP": PSI,
    "Pressures (psi) FLP": ASIDE,
    "Pressures (psi) PIP (psia)": ("intake_pressure_kpa", "psia"),
    "Downhole PDP (psia)": ("discharge_pressure_kpa", "psia"),
    "Downhole Motor Temp (F)": ASIDE,
    "Downhole Prod": OPEN,
    "Electrical Freq (Hz)": ("frequency_hz", "hz"),
    "Electrical Volts": ("voltage_v", "v"),
    "Electrical Amps": ("current_a", "a"),
    "Electrical kW": ("input_power_kw", "kw"),
    "Temperature WHT (F)": ("wellhead_temperature_degc", "degf"),
    "Temperature Rate": OPEN,
}

SHEETS = {
    "west texas": (clipboard_text(WEST_TEXAS), WEST_TEXAS_MEANS),
    "spanish": (clipboard_text(SPANISH), SPANISH_MEANS),
    "russian": (clipboard_text(RUSSIAN), RUSSIAN_MEANS),
    "chinese": (clipboard_text(CHINESE), CHINESE_MEANS),
    "gulf": (clipboard_text(GULF), GULF_MEANS),
}

VOLVE = {
    "DATEPRD": ("test_date", ""),
    "WELL_BORE_CODE": ("uwi", ""),
    "NPD_FIELD_CODE": ASIDE,
    "NPD_FACILITY_NAME": ASIDE,
    "ON_STREAM_HRS": ("runtime_h", "h"),
    "AVG_DOWNHOLE_PRESSURE": OPEN,
    "AVG_DOWNHOLE_TEMPERATURE": OPEN,
    "AVG_DP_TUBING": ASIDE,
    "AVG_ANNULUS_PRESS": OPEN,
    "AVG_CHOKE_SIZE_P": ASIDE,
    "AVG_CHOKE_UOM": ASIDE,
    "AVG_WHP_P": OPEN,
    "AVG_WHT_P": OPEN,
    "DP_CHOKE_SIZE": ASIDE,
    "BORE_OIL_VOL": ASIDE,
    "BORE_GAS_VOL": ASIDE,
    "BORE_WAT_VOL": ASIDE,
    "BORE_WI_VOL": ASIDE,
    "FLOW_KIND": ASIDE,
    "WELL_TYPE": ASIDE,
}
"""Equinor, Volve data village 2018, Volve production data.xlsx, sheet Daily Production Data; two more
names of the same wellbore and the rest of the NPD codes are left out."""

ARGENTINA = {
    "idempresa": ASIDE,
    "anio": ASIDE,
    "mes": ASIDE,
    "idpozo": OPEN,
    "prod_pet": OPEN,
    "prod_gas": OPEN,
    "prod_agua": OPEN,
    "iny_agua": ASIDE,
    "iny_gas": ASIDE,
    "tef": ASIDE,
    "vida_util": ASIDE,
    "tipoestado": ASIDE,
    "tipopozo": ASIDE,
    "observaciones": ("remark", ""),
    "empresa": ASIDE,
    "sigla": OPEN,
    "profundidad": OPEN,
    "formacion": ASIDE,
    "areayacimiento": ASIDE,
    "cuenca": ASIDE,
    "fecha_data": ("test_date", ""),
}
"""Secretaria de Energia of Argentina, capitulo IV, what operators declare of each well and month:
datos.energia.gob.ar, production of wells, header of a yearly file; codes of the office left out."""

ESP_WORKBOOK = {
    "WELL STATUS WELL STATUS CHOKE (1/128)": ASIDE,
    "WELL STATUS WELL STATUS WHP (PSI)": PSI,
    "WELL STATUS WELL STATUS FLT (℃)": OPEN,
    "WELL STATUS Casing P9-5/8 (PSI)": OPEN,
    "WELL STATUS Casing P13-3/8 (PSI)": OPEN,
    "ESP VFD FRE. (Hz)": ("frequency_hz", "hz"),
    "ESP Motor Volts (Volts)": ("voltage_v", "v"),
    "ESP Motor Current (Amps)": ("current_a", "a"),
    "ESP Motor power (kW)": ("input_power_kw", "kw"),
    "ESP Motor Tm (℃)": ASIDE,
    "ESP Motor Vib (0.001g)": ASIDE,
    "ESP Motor current leak (uA)": ASIDE,
    "ESP downhole dataPi (PSI)": PSI,
    "ESP downhole dataTi (℃)": ("intake_temperature_degc", "degc"),
    "ESP downhole dataPd (PSI)": PSI,
    "ESP downhole datastatic pressure (PSI)": ASIDE,
    "ESP downhole dataDD (PSI)": ASIDE,
    "Haimo test water cut (%)": OPEN,
    "Haimo test EMULSION (%)": ASIDE,
    "Haimo  test BS&W (%)": OPEN,
    "TEST MULTIPHASE FLOW METER DATA pressure (kPa)": OPEN,
    "TEST MULTIPHASE FLOW METER DATA temperature (℃)": OPEN,
    "TEST MULTIPHASE FLOW METER DATA liquid (Sm³/d)": ("liquid_rate_m3d", "m3d"),
    "TEST MULTIPHASE FLOW METER DATA water (Sm³/d)": ("water_rate_m3d", "m3d"),
    "TEST MULTIPHASE FLOW METER DATA oil (Sm³/d)": ("oil_rate_m3d", "m3d"),
    "TEST MULTIPHASE FLOW METER DATA gas (Sm³/d)": ("gas_rate_sm3d", "sm3d"),
    "TEST MULTIPHASE FLOW METER DATA dissolved gas oil ratio (Sm³/Sm³)": ASIDE,
    "comment ()": ("remark", ""),
    "ESP type ()": OPEN,
    "DP cross pump": OPEN,
    "Liquid PI": ASIDE,
    "Oil   PI": ASIDE,
}
"""Workbook `Production Data.xlsx` of an operator's ESP wells, as public code on GitHub maps it to a
database (read 2026-11-30); its headers are merged over two lines."""

PUBLIC = {"volve": VOLVE, "argentina": ARGENTINA, "esp workbook": ESP_WORKBOOK}
"""Headers of public sheets; nothing else of them."""
