"""A server without tokens serves this machine alone, whatever a request says of itself."""

import pytest
from web_house import LEAKS, TESTS, bearer, by_rsa, record, unguarded


@pytest.fixture(scope="module")
def open_house(tmp_path_factory):
    with unguarded(tmp_path_factory.mktemp("web")) as opened:
        yield opened


REFUSED = "from this machine, for this machine"
SPOOFED = {
    "another host": {"Host": "evil.example"},
    "another host with our port": {"Host": "evil.example:8000"},
    "a host that begins like ours": {"Host": "127.0.0.1.evil.example"},
    "a host that ends like ours": {"Host": "evil-localhost"},
    "an address in the net": {"Host": "192.168.1.5"},
    "no host in the host": {"Host": ""},
    "every address": {"Host": "0.0.0.0"},  # noqa: S104
    "a user before another host": {"Host": "127.0.0.1:80@evil.example"},
    "a user before this host": {"Host": "evil@127.0.0.1"},
    "an address in brackets before another host": {"Host": "[::1]@evil.example"},
    "empty brackets": {"Host": "[]"},
    "a page whose user is this host": {"Origin": "http://127.0.0.1:80@evil.example"},
    "from a page": {"Origin": "https://evil.example"},
    "from a page without a name": {"Origin": "null"},
    "through a proxy": {"X-Forwarded-For": "203.0.113.7"},
    "through a proxy, from here": {"X-Forwarded-For": "127.0.0.1"},
    "for another host": {"X-Forwarded-Host": "evil.example"},
    "forwarded": {"Forwarded": "for=203.0.113.7"},
}


@pytest.mark.parametrize("case", SPOOFED)
def test_without_tokens_only_this_machine_is_served(case, open_house):
    before = open_house.rows()
    for method, path, body in (("GET", f"{TESTS}/P1", None), ("POST", TESTS, record())):
        found = open_house.server.ask(method, path, body, SPOOFED[case])
        assert found.status == 403
        assert REFUSED in found.words
        assert not LEAKS.search(found.words)
    assert open_house.rows() == before


def test_without_tokens_the_user_is_nobody_else_either(open_house):
    headers = {"X-User-Id": "root", **bearer(by_rsa(sub="root"))}
    found = open_house.server.ask("POST", TESTS, record(), headers)
    assert (found.status, found.json["row_created_by"]) == (201, "loopback")


def test_a_form_of_another_page_cannot_record(open_house):
    """A browser sends a form anywhere, but not as JSON without asking first."""
    before = open_house.rows()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        body = record(pump_test_id="form")
        found = open_house.server.ask("POST", TESTS, body, {"Content-Type": kind})
        assert found.status == 400
    assert open_house.server.ask("OPTIONS", TESTS).status == 405
    assert open_house.rows() == before
