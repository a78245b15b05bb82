"""What the library makes of measured surface cards, as docs/rod.md tells it.

python tests/lift/measured_cards.py FILE

FILE holds a JSON object a line, gzipped or not, with `label`, `position_m` and `load_kn`. The cards
of the page were published with SchlomoFeng/shapeformer; they are no part of this project. They
have no rods and no speed, so they are read as if the polished rod were the pump.
"""

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from pumpperf.lift import rod
from pumpperf.lift.evidence import leading_fault


def stand(position, load):
    """Longest run of samples that repeat the one before, as a share of the card, over its joint."""
    same = (position == np.roll(position, 1)) & (load == np.roll(load, 1))
    run = longest = 0
    for repeats in np.concatenate([same, same]):
        run = run + 1 if repeats else 0
        longest = max(longest, run)
    return longest / position.size


def main():
    path = Path(sys.argv[1])
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        cards = [json.loads(line) for line in file]
    moved, longest, rejected, named = 0.0, 0.0, Counter(), {}
    for card in cards:
        position, load = np.array(card["position_m"]), np.array(card["load_kn"])
        found = rod.conditioned_card(position_m=position, load_kn=load)
        rejected.update(flaw for flaw, was in found.rejected.items() if was)
        if not any(was for was in (*found.corrected.values(), *found.rejected.values())):
            moved = max(moved, np.abs(found.load_kn - load).max() / np.ptp(load))
        longest = max(longest, stand(position, load))
        features = rod.card_features(
            position_m=found.position_m, load_kn=found.load_kn, expected_fluid_load_kn=np.nan
        )
        named.setdefault(card["label"], Counter())[str(leading_fault(rod.FAULTS, features))] += 1
    print(f"{len(cards)} cards, rejected: {dict(rejected) or 'none'}")
    print(f"longest stand {longest:.1%} of a stroke; loads without a note moved by {moved:.1%}")
    for label, codes in sorted(named.items()):
        told = ", ".join(f"{code} {count}" for code, count in codes.most_common())
        print(f"{label} {codes.total()}: {told}")


if __name__ == "__main__":
    main()
