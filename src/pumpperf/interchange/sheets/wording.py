"""The words of a header, whatever the alphabet and the punctuation of the house."""

import re
import unicodedata

LONGEST = 200
"""Characters of a header that are looked at."""


def words_in(text: str) -> frozenset[str]:
    """The words of a text, blanks between them.

    >>> sorted(words_in("of the"))
    ['of', 'the']
    """
    return frozenset(text.split())


_OF_CYRILLIC = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
_CYRILLIC = dict(
    zip(
        map(chr, range(0x430, 0x450)),  # from a to ya
        _OF_CYRILLIC.split(),
        strict=True,
    )
) | {"\u0451": "e"}
_LATIN = {ord(letter): latin.replace("_", "") for letter, latin in _CYRILLIC.items()}
_SIGNS = {
    "%": " pct ",
    "&": " and ",
    "\u2116": " no ",
    "#": " no ",
    "@": " at ",
    "\u0394": "delta ",
}
_SHORT = {
    "press": "pressure",
    "pres": "pressure",
    "pressures": "pressure",
    "temp": "temperature",
    "tmp": "temperature",
    "tbg": "tubing",
    "tub": "tubing",
    "csg": "casing",
    "cas": "casing",
    "ann": "annulus",
    "diam": "diameter",
    "dia": "diameter",
    "dt": "date",
    "freq": "frequency",
    "fre": "frequency",
    "grav": "gravity",
    "lvl": "level",
    "vol": "volume",
    "inlet": "intake",
    "suction": "intake",
    "dist": "distance",
    "temps": "temperature",
    "prod": "production",
    "rates": "rate",
    "eff": "efficiency",
    "wtr": "water",
    "liq": "liquid",
    "hrs": "hours",
    "hr": "hours",
    "number": "no",
    "ave": "average",
    "avg": "average",
    "disch": "discharge",
    "disp": "displacement",
    "max": "maximum",
    "min": "minimum",
    "inst": "install",
    "prof": "profundidad",
    "diametro": "diameter",
    "pet": "petroleo",
    "temperatura": "temperature",
    "presion": "pressure",
    "davlenie": "pressure",
}


def plain(text: str) -> str:
    r"""A text in small Latin letters: accents and Cyrillic letters gone, superscripts on the line.

    >>> plain("Presi\u00f3n"), plain("m\u00b3/\u0441\u0443\u0442")
    ('presion', 'm3/sut')
    """
    if text.isascii():
        return text[:LONGEST].lower()
    wide = unicodedata.normalize("NFKC", text[:LONGEST]).lower().translate(_LATIN)
    parts = unicodedata.normalize("NFD", wide)
    return "".join(one for one in parts if not unicodedata.combining(one))


def tokens_of(text: str) -> tuple[str, ...]:
    """The words of a header, written out where the trade cuts them short.

    >>> tokens_of("Csg. Press"), tokens_of("BS&W"), tokens_of("dataPi")
    (('casing', 'pressure'), ('bs', 'and', 'w'), ('data', 'pi'))
    """
    text = re.sub(r"(?<=[a-z]{2})(?=[A-Z])", " ", text[:LONGEST])
    text = plain(text)
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    text = text.replace("w/c", "wc").replace("h/c", "hc")
    found = re.findall(r"[a-z0-9]+|[\u3400-\u9fff]+", text)
    return tuple(str(_SHORT.get(word, word)) for word in found)


def key_of(words: tuple[str, ...]) -> str:
    """Words run together, for those that a house writes with and without blanks.

    >>> key_of(("you", "ya"))
    'youya'
    """
    return "".join(words)
