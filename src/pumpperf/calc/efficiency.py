"""The efficiency chain: every link a ratio of two named powers or rates, never clamped.

From the mains to the surface: input power -> motor -> drive -> delivered power (polished rod,
pump shaft, power fluid) -> transmission -> pump shaft or plunger -> pump -> hydraulic power ->
net lift power. Links that are both known multiply:

    system = motor x drive x lift,   downhole = transmission x pump
    overall = motor x drive x downhole

A ratio above 1 or below 0 comes out as it is: it says that its inputs cannot all be true.
"""

from __future__ import annotations

from pumpperf.numeric import Reals, ratio


def volumetric_efficiency(*, rate_m3d: Reals, displacement_rate_m3d: Reals | float) -> Reals:
    """Share of a positive-displacement pump's swept volume that is produced.

    eta_v = q / q_displacement, of a rod pump with the gross stroke of its plunger. On another
    stroke, the net one or that of the polished rod, it is another efficiency of another name.

    Args:
        rate_m3d: rate while the pump runs [m3/d].
        displacement_rate_m3d: volume swept by the plunger or rotor in the same time [m3/d].

    Source: API RP 11L usage; 616.63 of 672 bbl/d: 0.918.

    >>> volumetric_efficiency(rate_m3d=616.63, displacement_rate_m3d=672.0)
    0.918
    """
    return ratio(rate_m3d, displacement_rate_m3d)


def pump_efficiency(*, hydraulic_power_kw: Reals, pump_input_power_kw: Reals | float) -> Reals:
    """Share of the pump's own input that it gives to the liquid.

    eta_p = P_hydraulic / P_pump

    Args:
        hydraulic_power_kw: rate times pressure rise [kW].
        pump_input_power_kw: power at the pump's shaft or plunger [kW].

    Source: ISO 9906:2012, 3.3; factory test, 510 m3/h at 1050.54 m and 1750.1 kW: 0.834.

    >>> pump_efficiency(hydraulic_power_kw=1459.9925, pump_input_power_kw=1750.1)
    0.834
    """
    return ratio(hydraulic_power_kw, pump_input_power_kw)


def transmission_efficiency(
    *, pump_input_power_kw: Reals, delivered_power_kw: Reals | float
) -> Reals:
    """Share of the delivered power that rods or power fluid bring down to the pump.

    eta_t = P_pump / P_delivered

    Args:
        pump_input_power_kw: power at the pump's shaft or plunger [kW].
        delivered_power_kw: polished-rod, shaft or power-fluid power at the surface end [kW].

    Source: definition of this library; for a shaft-driven pump both powers are one.

    >>> transmission_efficiency(pump_input_power_kw=8.0, delivered_power_kw=10.0)
    0.8
    """
    return ratio(pump_input_power_kw, delivered_power_kw)


def downhole_efficiency(*, hydraulic_power_kw: Reals, delivered_power_kw: Reals | float) -> Reals:
    """Share of the delivered power that reaches the liquid at the pump: transmission x pump.

    eta_d = P_hydraulic / P_delivered

    Args:
        hydraulic_power_kw: rate times pressure rise of the pump [kW].
        delivered_power_kw: polished-rod, shaft or power-fluid power [kW].

    Source: overall efficiency q_p dp_p / (q_pf p_s) of hydraulic lift. A jet pump sheet of
    26.3291 hp from 10.21 hp gives 2.579: it comes out as it is.

    >>> downhole_efficiency(hydraulic_power_kw=26.3291, delivered_power_kw=10.21)
    2.579
    """
    return ratio(hydraulic_power_kw, delivered_power_kw)


def lift_efficiency(*, net_lift_power_kw: Reals, delivered_power_kw: Reals | float) -> Reals:
    """Share of the delivered power that lifts the liquid to the surface.

    eta_l = P_net / P_delivered

    Args:
        net_lift_power_kw: least power that would do the lift [kW].
        delivered_power_kw: polished-rod, shaft or power-fluid power [kW].

    Source: SY/T-style downhole efficiency; 0.633 of 2.36 kW: 0.268.

    >>> lift_efficiency(net_lift_power_kw=0.633, delivered_power_kw=2.36)
    0.268
    """
    return ratio(net_lift_power_kw, delivered_power_kw)


def motor_efficiency(*, motor_output_power_kw: Reals, motor_input_power_kw: Reals | float) -> Reals:
    """Share of the motor's input that its shaft gives.

    eta_m = P_shaft / P_input

    Args:
        motor_output_power_kw: power at the motor's shaft [kW].
        motor_input_power_kw: power at the motor's terminals [kW].

    Source: IEC 60034-2-1; PSAT, 101.187 hp (of 0.746 kW) from 80 kW: 0.9436.

    >>> motor_efficiency(motor_output_power_kw=101.18747791 * 0.746, motor_input_power_kw=80.0)
    0.9436
    """
    return ratio(motor_output_power_kw, motor_input_power_kw)


def drive_efficiency(*, drive_output_power_kw: Reals, drive_input_power_kw: Reals | float) -> Reals:
    """Share of its input that belts and gears, or variable-speed drive and cable, pass on.

    eta = P_out / P_in

    Args:
        drive_output_power_kw: power behind the drive [kW].
        drive_input_power_kw: power before it [kW].

    Source: AMCA 203-90, appendix L, as run by ORNL MEASUR: V belts, 191.981 of 200 hp: 0.960.

    >>> drive_efficiency(drive_output_power_kw=191.981137556, drive_input_power_kw=200.0)
    0.960
    """
    return ratio(drive_output_power_kw, drive_input_power_kw)


def surface_efficiency(*, delivered_power_kw: Reals, input_power_kw: Reals | float) -> Reals:
    """Share of the input that is delivered downhole: motor x drive.

    eta_s = P_delivered / P_input

    Args:
        delivered_power_kw: polished-rod, shaft or power-fluid power [kW].
        input_power_kw: electrical or engine input [kW].

    Source: SY/T-style surface efficiency; 2.36 kW at the polished rod of 12.826 kW: 0.184.

    >>> surface_efficiency(delivered_power_kw=2.36, input_power_kw=12.826)
    0.184
    """
    return ratio(delivered_power_kw, input_power_kw)


def overall_efficiency(*, hydraulic_power_kw: Reals, input_power_kw: Reals | float) -> Reals:
    """Share of the electrical or engine input that reaches the liquid at the pump: wire to water.

    eta_o = P_hydraulic / P_input

    Args:
        hydraulic_power_kw: rate times pressure rise of the pump [kW].
        input_power_kw: electrical or engine input [kW].

    Source: overall efficiency of ISO 9906:2012, 3.3; 100 m3/h at 1000 kPa out of 50 kW: 0.556.

    >>> overall_efficiency(hydraulic_power_kw=100 * 1000 / 3600, input_power_kw=50.0)
    0.556
    """
    return ratio(hydraulic_power_kw, input_power_kw)


def system_efficiency(*, net_lift_power_kw: Reals, input_power_kw: Reals | float) -> Reals:
    """Share of the electrical or engine input that lifts the liquid: the common yardstick.

    eta = P_net / P_input

    Args:
        net_lift_power_kw: least power that would do the lift [kW].
        input_power_kw: electrical or engine input [kW].

    Source: SY/T style; a vendor's sheet of 4.62 kW out of 2.3 kW gives 2.01 and stays 2.01.

    >>> system_efficiency(net_lift_power_kw=4.62, input_power_kw=2.3)
    2.01
    """
    return ratio(net_lift_power_kw, input_power_kw)
