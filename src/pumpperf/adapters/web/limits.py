"""Bodies: read no further than a limit, and taken for JSON only if they are nothing else."""

import json
import math
import re
from collections import Counter
from typing import Any, cast

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from pumpperf.errors import shown

Part = list[object] | dict[str, object]

DEEPEST = 16
"""How many lists and objects of a body may stand inside each other."""

MOST_PARTS = 2000
"""How many lists and objects a body may have; a bench test has some dozens."""

_LONGEST_LENGTH = 18
_DEEP = re.compile(rf"(?:[\[{{][^\[\]{{}}]*){{{DEEPEST + 1}}}")
_HALF = re.compile("[\ud800-\udfff]")
_HALF_WRITTEN = re.compile(r"\\u[dD][89a-fA-F]")
_TEXT = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_VAST = re.compile(r"\d{19}|[eE]\+?\d{3}")
"""What may be a number that is read otherwise than JSON's own reader would."""
_JSON = re.compile(r'application/json *(; *charset *= *"?utf-8"? *)?', re.ASCII | re.IGNORECASE)


async def content_of(request: Request, largest_bytes: int) -> bytes:
    """The body of a request.

    Args:
        request: whose body was not read yet.
        largest_bytes: how long it may be, whatever it says of its length.

    Raises:
        HTTPException: 413, it is longer; 400, it breaks off.
    """
    too_long = HTTPException(413, f"the body is longer than {largest_bytes} bytes")
    length = request.headers.get("content-length", "0")
    if len(length) > _LONGEST_LENGTH or (length.isdecimal() and int(length) > largest_bytes):
        raise too_long
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > largest_bytes:
                raise too_long
    except ClientDisconnect:
        raise HTTPException(400, "the body breaks off") from None
    return bytes(content)


def json_object(content: bytes, media_type: str | None) -> dict[str, Any]:  # JSON
    """The one JSON object of a body.

    Args:
        content: UTF-8.
        media_type: as the request names it.

    Raises:
        HTTPException: 400, it is none, or one that readers of JSON do not agree on; 413, it has too
            many lists and objects.
    """
    if media_type is None or not _JSON.fullmatch(media_type.strip()):
        words = f"content-type is {media_type}: expected application/json, in UTF-8"
        raise HTTPException(400, words)
    try:
        text = content.decode()
        if text.count("[") + text.count("{") > MOST_PARTS:
            _refuse_many(_TEXT.sub("", text))
        vast = _VAST.search(text) is not None
        found: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_number if vast else None,
            parse_int=_whole_number if vast else None,
        )
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the body is no UTF-8 from byte {error.start} on") from None
    except RecursionError:
        raise HTTPException(400, _TOO_DEEP) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise HTTPException(400, f"the body is no JSON: {error.msg} at {place}") from None
    if not isinstance(found, dict):
        raise HTTPException(400, "the body is no JSON object: expected one")
    record = cast("dict[str, Any]", found)
    _refuse_excess(record, halved=_HALF_WRITTEN.search(text) is not None)
    return record


_PARTS = {list, dict}
_TOO_DEEP = f"the body nests lists and objects deeper than {DEEPEST}"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:  # JSON
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        (twice, _), *_ = counts.most_common(1)
        words = f"the body names {shown(twice)} twice in one object: expected it once"
        raise HTTPException(400, words)
    return found


def _constant(text: str) -> float:
    raise HTTPException(400, f"the body holds {text}, which is no JSON: expected a finite number")


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise HTTPException(400, f"the body holds {text[:40]}, which is beyond any double")
    return number


def _whole_number(text: str) -> int | float:
    number = _number(text)
    return int(text) if abs(number) < 2**63 else number


def _refuse_many(outside_of_texts: str) -> None:
    if _DEEP.search(outside_of_texts):
        raise HTTPException(400, _TOO_DEEP)
    if outside_of_texts.count("[") + outside_of_texts.count("{") > MOST_PARTS:
        raise HTTPException(413, f"the body has more than {MOST_PARTS} lists and objects")


def _refuse_excess(record: dict[str, Any], *, halved: bool) -> None:  # JSON
    """Refuse parts too deep inside each other, and halves of characters."""
    level: list[object] = [record]
    for _ in range(DEEPEST + 1):
        for item in level if halved else ():
            if isinstance(item, str) and _HALF.search(item):
                raise HTTPException(400, f"the body holds half a character: {item[:40]!r}")
        if _PARTS.isdisjoint(map(type, level)):
            return
        parts = (cast("Part", item) for item in level if type(item) in _PARTS)
        level = [item for part in parts for item in _inside(part)]
    raise HTTPException(400, _TOO_DEEP)


def _inside(part: Part) -> list[object]:
    return [*part, *part.values()] if isinstance(part, dict) else part
