"""A body of a megabyte of faults costs few words and little memory, whatever it is made of."""

import json
import tracemalloc

import pytest
from web_client import READING, TEST

from pumpperf import PumpTest
from pumpperf.adapters.web.bodies import body_of
from pumpperf.adapters.web.limits import json_object
from pumpperf.adapters.web.problems import problem_of

MB = 1_000_000
BYTES = 20 * MB
OF_A_ROD_PUMP = '{"readings": [{"lift_type": "SUCKER_ROD_PUMP", "card_load_kn": ['


def a_body(**more):
    return json.dumps(TEST | more)


def filled(start, one, end="}"):
    """A body that repeats a part until it is a megabyte long."""
    count = (MB - len(start) - len(end)) // (len(one) + 1)
    return start + ",".join([one] * count) + end


def named(pattern):
    """An object of as many different names as a megabyte holds."""
    size = len(pattern.format(0)) + 12
    return a_body()[:-1] + "," + ",".join(pattern.format(n) for n in range(MB // size)) + "}"


HEAVY = {
    "empty lists": filled('{"readings": [', "[]", "]}"),
    "empty records": filled('{"readings": [', "{}", "]}"),
    "empty readings": filled('{"readings": [', '{"lift_type": "PCP"}', "]}"),
    "numbers for readings": filled('{"readings": [', "1", "]}"),
    "nulls for readings": filled('{"readings": [', "null", "]}"),
    "unknown names": named('"x{}": 1'),
    "unknown names like ours": named('"intake_presure{}_kpa": 1'),
    "unknown names of the trade": named('"PIP {} PSI": 1'),
    "unknown names with a unit of another kind": named('"rate_{}_psi": 1'),
    "unknown names in capitals": named('"RATE_M3D{}": 1'),
    "long unknown names": named('"' + "x" * 60 + '{}": 1'),
    "unknown names in many readings": filled(
        '{"readings": [', '{"lift_type": "PCP", "intake_presure_kpa": 1, "PIP_PSI": 2}', "]}"
    ),
    "lists inside lists": "[" * (MB // 2) + "]" * (MB // 2),
    "records inside records": '{"a":' * (MB // 6) + "1" + "}" * (MB // 6),
    "a list in a list in a record": '{"readings": ' + "[" * 400_000 + "]" * 400_000 + "}",
    "a number of many digits": a_body()[:-1] + f', "duration_h": {"9" * 990_000}}}',
    "a fraction of many digits": a_body()[:-1] + f', "duration_h": 0.{"9" * 990_000}}}',
    "a number with a vast exponent": a_body()[:-1] + f', "duration_h": 1e{"9" * 990_000}}}',
    "huge numbers in a card": filled('{"readings": [{"card_load_kn": [', "1e308", "]}]}"),
    "whole numbers of 300 digits": filled('{"readings": [{"card_load_kn": [', "9" * 300, "]}]}"),
    "texts in a card": filled('{"readings": [{"card_load_kn": [', '"x"', "]}]}"),
    "nulls in a card": filled(OF_A_ROD_PUMP, "null", "]}]}"),
    "truths in a card": filled(OF_A_ROD_PUMP, "true", "]}]}"),
    "a long text": a_body(remark="x" * 990_000),
    "a long text for a number": a_body(duration_h="9" * 990_000),
    "a long identifier": a_body(pump_test_id="é" * 160_000),
    "a long date": a_body(test_date="2" * 990_000),
    "a long fraction of a second": a_body(test_date=f"2026-01-01T00:00:00.{'1' * 990_000}Z"),
    "a long code": a_body(test_type="BENCH" * 190_000),
    "a long name": a_body()[:-1] + f', "{"x" * 990_000}": 1}}',
    "one name again and again": filled("{", '"a": 1'),
    "halves of characters": filled('{"remark": [', r'"\ud800"', "]}"),
    "escapes": '{"remark": "' + r"\u0041" * 160_000 + '"}',
    "blanks": "{" + " " * 990_000 + "}",
    "dates without offset": filled(
        '{"readings": [{"rate_date": [', '"2026-01-01T00:00:00"', "]}]}"
    ),
    "wrong readings": filled(
        '{"readings": [', json.dumps(READING | {"rate_m3d": -1, "speed_rpm": "fast", "a": 1}), "]}"
    ),
}


def refusal(content):
    """The answer to a body."""
    try:
        body_of(PumpTest, json_object(content, "application/json"))
    except Exception as error:  # noqa: BLE001  # whatever it is, it must be one that is answered
        return problem_of(error)
    raise AssertionError("it was taken")


@pytest.mark.parametrize("name", HEAVY)
def test_a_megabyte_of_faults_is_refused_in_few_words_and_little_memory(name):
    content = HEAVY[name].encode()
    assert len(content) <= MB
    answer = refusal(content)
    assert 400 <= answer.status_code < 500
    assert len(answer.body) < MB / 5
    tracemalloc.start()
    refusal(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < BYTES


@pytest.mark.parametrize("depth", [1_000, 1_900])
def test_what_is_deep_is_refused_whether_it_has_many_parts_or_few(depth):
    answer = refusal(('{"readings": ' + "[" * depth + "]" * depth + "}").encode())
    assert answer.status_code == 400
    assert b"deeper than" in answer.body


def test_brackets_in_a_text_are_no_parts():
    found = json_object(a_body(remark="[{" * 1_500).encode(), "application/json")
    assert found["remark"] == "[{" * 1_500
