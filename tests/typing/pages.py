"""Writes the Python of every page as a module, for the type checkers: `python pages.py folder`.

A page is one module: its examples in their order, as a reader would type them.
"""

import doctest
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]


def write_modules(folder: Path) -> None:
    """One module a page; a line that only shows a value is no mistake there."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*_page.py"):
        old.unlink()
    for page in (HOUSE / "README.md", *sorted((HOUSE / "docs").glob("*.md"))):
        examples = doctest.DocTestParser().get_examples(page.read_text(encoding="utf-8"))
        if examples:
            head = "# pyright: strict, reportUnusedExpression=false\n"
            source = "".join(example.source for example in examples)
            (folder / f"{page.stem}_page.py").write_text(head + source, encoding="utf-8")


if __name__ == "__main__":
    write_modules(Path(sys.argv[1]))
