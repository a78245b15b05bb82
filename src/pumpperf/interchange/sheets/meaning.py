"""What the words of a header mean: a field, an open question, or nothing that a test has."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from attrs import frozen

from pumpperf.interchange.sheets.targets import by_base
from pumpperf.interchange.sheets.vocabulary import (
    ASIDE,
    FILLERS,
    MORE_WORDS,
    NO_NUMBER,
    OPEN,
    OTHER,
    SOFT,
)
from pumpperf.interchange.sheets.wording import key_of, tokens_of
from pumpperf.interchange.synonyms import SYNONYMS

Tokens = tuple[str, ...]
_SIDES = {"md", "mkb", "rkb", "kb", "tvd", "tvdss", "vertical"}
_MOST = 6
"""Words of the longest header in which a name is sought among others."""
_SHORTEST = 3
BESIDE = "what it is with"
"""Begins the question of a name that is known beside words that are not."""


@frozen
class Found:
    """What words mean.

    Attributes:
        bases: of the fields, without units.
        question: that stays open, if any.
        aside: what it is, where no field has it.
        key: the words that were understood, run together.
    """

    bases: tuple[str, ...] = ()
    question: str = ""
    aside: str = ""
    key: str = ""


def _phrases(words: str) -> Iterator[Tokens]:
    for phrase in words.split():
        yield tokens_of(phrase.replace("_", " "))


def _index() -> Mapping[str, Found]:
    found: dict[str, Found] = {}
    for base in by_base():
        _enter(found, tokens_of(base.replace("_", " ")), Found((base,)))
    for table in (SYNONYMS, MORE_WORDS):
        fields = {base: words for base, words in table.items() if base in by_base()}
        for base, words in fields.items():
            for tokens in _phrases(words):
                known = found.get(_bag(tokens), Found())
                bases = dict.fromkeys((*known.bases, base))
                _enter(found, tokens, Found(tuple(bases)))
    for words, what in ASIDE.items():
        for tokens in _phrases(words):
            _enter(found, tokens, Found(aside=what))
    for words, (candidates, question) in OPEN.items():
        for tokens in _phrases(words):
            _enter(found, tokens, Found(tuple(candidates.split()), question))
    return found


def _bag(tokens: Tokens) -> str:
    return " ".join(sorted(tokens))


def _enter(found: dict[str, Found], tokens: Tokens, meaning: Found) -> None:
    whole = Found(meaning.bases, meaning.question, meaning.aside, key_of(tokens))
    found[_bag(tokens)] = whole
    found[key_of(tokens)] = whole


_INDEX = _index()


def meaning_of(words: str) -> Found:
    """What the words of a header mean; `Found()` if nothing is known of them.

    >>> meaning_of("Csg Press").bases, meaning_of("Flowline press").aside
    (('casing_pressure',), 'pressure behind the choke')
    >>> meaning_of("Target BOPD").aside
    "another quantity: 'target'"
    """
    tokens = tokens_of(words)
    if not tokens:
        return Found()
    if exact := _exact(tokens):
        return exact
    last = tokens[-1]
    tokens = tuple(dict.fromkeys(tokens))
    bare = tuple(word for word in tokens if word not in FILLERS and not word[0].isdigit())
    said = [word for word in bare if word not in NO_NUMBER]
    other = next((word for word in tokens if word in OTHER), None)
    other = other or (last if last in NO_NUMBER and said else None)
    if other:
        return Found(aside=f"another quantity: {other!r}")
    for some in (
        tokens,
        bare,
        tuple(word for word in bare if word not in _SIDES),
        tuple(word for word in bare if word not in SOFT and word not in _SIDES),
    ):
        if exact := _exact(some):
            return exact
    return _among(bare)


def is_measured_depth(words: str) -> bool:
    """Whether a header says that a depth is along the hole."""
    return not {"md", "mkb", "rkb"}.isdisjoint(tokens_of(words))


def is_vertical(words: str) -> bool:
    """Whether a header says that a depth is vertical."""
    return not {"tvd", "tvdss", "vertical"}.isdisjoint(tokens_of(words))


def _exact(tokens: Tokens) -> Found | None:
    return _INDEX.get(_bag(tokens)) or _INDEX.get(key_of(tokens)) if tokens else None


def _among(tokens: Tokens) -> Found:
    """A name among words that are not known, which makes it a question."""
    if len(tokens) > _MOST:
        return Found()
    for size in range(len(tokens) - 1, 0, -1):
        for some in combinations(tokens, size):
            if size == 1 and len(some[0]) < _SHORTEST:
                continue
            found = _exact(some)
            if found is not None and not found.question:
                rest = " ".join(word for word in tokens if word not in some)
                if found.aside:
                    return Found(aside=f"{found.aside}, with {rest!r}")
                return Found(found.bases, f"{BESIDE} {rest!r}", key=found.key)
    return Found()
