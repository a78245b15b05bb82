"""The table of all checks of a test, as docs/findings.md has it.

    python tests/checks/codes_page.py

writes it anew into the page.
"""

import re
from pathlib import Path

from pumpperf.checks import CHECKS

PAGE = Path(__file__).parents[2] / "docs" / "findings.md"
BEGIN, END = "<!-- checks: begin -->\n", "<!-- checks: end -->\n"
OWN = {
    "swept": "speed and swept volume, by the system's own names",
    "size": "size of plunger or rotor",
    "lost": "is half filled, or loses half of its volume",
    "loss": "fillage, or slip and free gas",
    "delivered": "what measures the delivered power of the system",
    "signs": "signs of pressures, torque and powers, direction of the cards",
    "intake": "load datum of the card, fluid gradient, gauge taken for absolute pressure",
}


def plain(template):
    """A template with the names of its quantities instead of their values."""
    said = re.sub(r"\{own\[(\w+)\]\}", lambda name: OWN[name[1]], template)
    said = said.replace("{d.beyond}", "which numbers")
    return re.sub(r"\{(?:[rd]\[|a\.(?:fluids\.)?)(\w+)\]?(?::[^}]*)?\}", r"`\1`", said)


def table():
    """A line a check."""
    lines = ["| code | severity | words | looked at | what to look at |", "|---|---|---|---|---|"]
    for check in CHECKS:
        ways = [" and ".join(f"`{name[2:]}`" for name in sorted(way)) for way in check.needs]
        looked = " or ".join(ways) or "what is absent"
        if not check.counts:
            looked += " (no plausibility check)"
        cells = (f"`{check.code}`", check.severity, plain(check.words), looked)
        lines.append(f"| {' | '.join(cells)} | {plain(check.look_at)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    page = before + BEGIN + table() + END + rest.partition(END)[2]
    PAGE.write_text(page, encoding="utf-8")
