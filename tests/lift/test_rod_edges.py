"""Where a load comes to a level, between points and on one."""

import numpy as np
import pytest

from pumpperf.lift.rod import card_features, conditioned_card
from pumpperf.lift.rod.fillage import _middle, crossing


@pytest.mark.parametrize(
    ("load", "share"),
    [
        ([1.0, 0.6, 0.4, 0.0], 0.5),  # half way from 0.4 to 0.6
        ([1.0, 0.6, 0.0, 0.0], 0.4 + 0.2 / 6.0),
        ([1.0, 0.5, 0.4, 0.0], 0.4),  # at the point that lies on the level
        ([1.0, 1.0, 0.5, 0.0], 0.6),
        ([0.2, 0.3, 0.4, 0.1], 0.6),  # never from above: the first that is beyond
    ],
)
def test_a_level_is_crossed_between_two_points_or_on_one(load, share):
    places, loads = np.array([[0.0, 0.4, 0.6, 1.0]]), np.array([load])
    beyond = (loads <= 0.5) & (places > 0.5)
    assert crossing(places, loads, beyond, 0.5)[0] == pytest.approx(share)
    assert np.isnan(crossing(places, loads, beyond & False, 0.5)[0])


@pytest.mark.parametrize(("last_step", "closed"), [(0.05, True), (0.004, False), (0.0, False)])
def test_a_last_point_repeats_the_first_only_where_the_position_moves(last_step, closed):
    """Two alike at dead centre are no repetition: the rod stands (0.5 % of the stroke)."""
    down = np.linspace(1.0, last_step, 20)[1:]
    position = np.concatenate([np.linspace(0.0, 1.0, 20), down, [0.0]])
    load = np.where(np.arange(position.size) < 20, 50.0, 20.0)
    load[-1] = load[0]
    found = conditioned_card(position_m=position, load_kn=load)
    assert found.corrected["CLOSED_TWICE"].tolist() is closed


def test_a_load_that_is_half_there_at_the_bottom_is_taken_up_from_the_bottom():
    """From 0.5 at the lowest point to 1 a tenth of the stroke higher: 0.8 at 0.6 of that tenth."""
    found = card_features(
        position_m=[0, 0.3, 1, 2, 2.5, 3, 3, 2.4, 2.4, 1, 0.6, 0.3],
        load_kn=[10, 20, 20, 20, 20, 20, 20, 20, 0, 0, 0, 0],
        expected_fluid_load_kn=20.0,
    )
    assert found["pickup_span"] == pytest.approx(0.06)


def test_lags_count_from_dead_centre_to_half_of_the_load_between_two_points():
    """Shares of the load 0.25 and 0.75 beside each half: it is passed half a point later."""
    found = card_features(
        position_m=[0, 0.3, 1, 2, 2.5, 3, 3, 2.4, 2.4, 1, 0.6, 0.3],
        load_kn=[5, 15, 20, 20, 20, 20, 20, 15, 5, 0, 0, 0],
        expected_fluid_load_kn=20.0,
    )
    assert found["pickup_lag"] == pytest.approx(0.5 / 12.0)
    assert found["release_lag"] == pytest.approx((7.5 - 5.0) / 12.0)  # the top is the sixth point


def test_the_middle_of_some_points_is_their_median():
    values = np.tile([3.0, 1.0, 4.0, 2.0], (16, 1))
    chosen = (np.arange(16)[:, np.newaxis] >> np.arange(4)) % 2 == 1
    found = _middle(values, chosen)
    assert np.isnan(found[0])
    assert found[1:].tolist() == [np.median(values[i][chosen[i]]) for i in range(1, 16)]
