"""Words of sheets that stand for codes: lift systems, yes and no, kinds of tests."""

from collections.abc import Mapping

import numpy as np

from pumpperf.interchange.sheets.grid import Cells, Values
from pumpperf.interchange.sheets.wording import key_of, plain, tokens_of, words_in
from pumpperf.lift import LiftType

_LIFTS: Mapping[LiftType, str] = {
    LiftType.SUCKER_ROD_PUMP: "srp rrp rod beam rod_pump sucker_rod sucker_rod_pump beam_pump "
    "rod_lift pumping_unit pumpjack reciprocating_rod_pump bm bombeo_mecanico bes_mec shgn "
    "usshgn "
    "ushgn shtangovyy \u62bd\u6cb9\u673a \u6709\u6746\u6cf5 chouyouji pu conventional "
    "mechanical_pump bpu "
    "reciprocating_rod insert_pump tubing_pump rodpump",
    LiftType.ESP: "esp submersible electric_submersible_pump electrical_submersible_pump bes "
    "electrosumergible bombeo_electrosumergible etsn uetsn ecn uecn \u7535\u6cf5 "
    "\u7535\u6f5c\u6cf5 dianbeng "
    "electric_submersible submersible_pump",
    LiftType.PCP: "pcp progressing_cavity progressive_cavity progressing_cavity_pump "
    "progressive_cavity_pump bcp cavidades_progresivas screw_pump screw ushvn shvn uevn "
    "\u87ba\u6746\u6cf5 luoganbeng pc_pump cavity_pump",
    LiftType.HYDRAULIC_PISTON: "hydraulic_piston piston hydraulic_piston_pump bhp_piston hpp "
    "bombeo_hidraulico_piston",
    LiftType.HYDRAULIC_JET: "jet jet_pump hydraulic_jet hydraulic_jet_pump jp bhj bombeo_jet "
    "bomba_jet struynyy hjp",
}
_KNOWN = {
    key_of(tokens_of(word.replace("_", " "))): lift
    for lift, words in _LIFTS.items()
    for word in (*words.split(), lift.value.lower())
}
_TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(words_in("y yes true t 1 si s da x ja oui shi \u662f"), True),
    **dict.fromkeys(words_in("n no false f 0 not net non nein fou \u5426"), False),
}


def lift_of(word: object) -> LiftType | None:
    """The lift system of a word of the trade; None if it is none.

    >>> lift_of("Beam"), lift_of("RRP").value, lift_of("gas lift") is None
    (<LiftType.SUCKER_ROD_PUMP: 'SUCKER_ROD_PUMP'>, 'SUCKER_ROD_PUMP', True)
    """
    return _KNOWN.get(key_of(tokens_of(word))) if isinstance(word, str) else None


def lifts_in(kinds: Values) -> Values:
    """The codes of the lift systems of different cells; empty texts where there is none."""
    found: Values = np.empty(kinds.size, dtype=object)
    found[:] = [getattr(lift_of(one), "value", "") for one in kinds.tolist()]
    return found


def truth_of(word: object) -> bool | None:
    """Yes or no; None if a cell is neither.

    >>> truth_of("Yes"), truth_of(0), truth_of("maybe")
    (True, False, None)
    """
    if isinstance(word, float) and word.is_integer():
        word = int(word)
    key = key_of(tokens_of(str(word)))
    return _TRUTHS.get(key)


def truths_in(kinds: Values) -> bool:
    """Whether the different cells of a column are yes and no."""
    return kinds.size > 0 and all(truth_of(one) is not None for one in kinds.tolist())


def truths_of(cells: Cells) -> Values:
    """A column of yes and no; None where nothing stands or a word is neither."""
    kinds: Values = np.empty(cells.kinds.size, dtype=object)
    kinds[:] = [truth_of(one) for one in cells.kinds.tolist()]
    return cells.each(kinds, empty=None)


def kinds_of_test(cells: Cells) -> Values:
    """The kinds of tests of a column as codes, other words as they are: the doors refuse them."""
    kinds: Values = np.empty(cells.kinds.size, dtype=object)
    kinds[:] = [_TESTS.get(plain(str(one)), str(one)) for one in cells.kinds.tolist()]
    return cells.each(kinds, empty=None)


_TESTS: Mapping[str, str] = {
    **dict.fromkeys(("bench", "test bench", "shop", "stand", "banco"), "BENCH"),
    **dict.fromkeys(("field", "well", "well test", "campo", "pozo"), "FIELD"),
}
