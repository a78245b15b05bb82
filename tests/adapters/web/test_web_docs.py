"""Every curl of the API's manual, sent to a running server: it answers as the manual shows."""

import json
import re
import shlex
from pathlib import Path

import pytest
from web_house import ROOT, unguarded

MANUAL = Path(__file__).parents[3] / "docs" / "api.md"
BLOCKS = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    example
    for block in BLOCKS.findall(MANUAL.read_text(encoding="utf-8"))
    for example in f"\n{block}".split("\n$ ")[1:]
]
KINDS = {"AUTH": "X-Ignored: ", "JSON": "Content-Type: application/json"}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with unguarded(tmp_path_factory.mktemp("docs")) as opened:
        yield opened


def split(example):
    """The words of the command, and what the manual shows below it."""
    end = re.search(r"^(HTTP/1\.1 \d+\n)?\{(?=\")", example, re.MULTILINE)
    assert end
    return shlex.split(example[: end.start()]), example[end.start() :]


def asked(words, run_id):
    """Method, path, body and headers of a curl command."""
    method, body, headers, path = None, None, {}, ""
    rest = iter(words[1:])
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-d":
            body = next(rest).encode()
        elif word == "-H":
            name, value = KINDS[next(rest).removeprefix("$")].split(": ")
            headers[name] = value
        elif word != "-i":
            path = word.replace("$API", ROOT).replace("$RUN", run_id)
    return method or ("POST" if body else "GET"), path, body, headers


def test_the_manual_s_examples_are_answered_as_shown(house):
    run_id = ""
    for example in EXAMPLES:
        words, shown = split(example)
        found = house.server.ask(*asked(words, run_id))
        status = re.match(r"HTTP/1\.1 (\d+)\n", shown)
        recorded = found.status == 201 and found.json.get("row_created_by") == "loopback"
        assert found.status == int(status[1]) if status else found.status == 200 or recorded, words
        told = json.loads(shown.removeprefix(status[0] if status else ""))
        assert {name: found.json[name] for name in told} == told, words
        run_id = found.json.get("run_id") if "/evaluate/" in words[-1] else run_id


def test_the_manual_names_every_operation(house):
    operations = house.server.ask("GET", f"{ROOT}/openapi.json").json["paths"]
    given = {asked(split(example)[0], "R")[:2] for example in EXAMPLES}
    plain = {(method, path.partition("?")[0]) for method, path in given}
    for path, methods in operations.items():
        pattern = re.sub(r"\{\w+\}", "[^/]+", path)
        for method in methods:
            assert any(
                said == method.upper() and re.fullmatch(pattern, where) for said, where in plain
            ), (method, path)
