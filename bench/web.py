"""Requests a second and their 99th percentile under 32 connections, and whose time it is.

Caller and server share the machine. The server's own share is named twice: its processor time for
one request, and of that what the service and its database take when they are called directly.
"""

import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from stores import Server, field_test

from pumpperf import PumpPerformanceService, PumpTest
from pumpperf.adapters.sql import SqlRepository
from pumpperf.interchange.records import to_record

CONNECTIONS, REQUESTS, TESTS, PUMPS = 32, 3200, 4000, 80
ROOT = "/api/pump-performance"


def test(name: str, number: int) -> PumpTest:
    return field_test(f"{name}{number}", number, pumps=PUMPS)


def message(method: str, path: str, body: object = None) -> bytes:
    content = b"" if body is None else json.dumps(body).encode()
    kind = "" if body is None else "Content-Type: application/json\r\n"
    return (
        f"{method} {ROOT}{path} HTTP/1.1\r\nHost: localhost\r\n{kind}"
        f"Content-Length: {len(content)}\r\n\r\n"
    ).encode() + content


def body_of(row: PumpTest) -> dict:
    found = to_record(row)
    given = {name: value for name, value in found.items() if not name.startswith("row_")}
    readings = [{k: v for k, v in one.items() if v is not None} for one in found["readings"]]
    return {k: v for k, v in given.items() if v is not None} | {"readings": readings}


async def ask(port: int, messages: list[bytes], statuses: set[int]) -> list[float]:
    """Seconds of each request, over connections that are kept."""
    waiting = list(reversed(messages))
    times: list[float] = []

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while waiting:
            sent = waiting.pop()
            start = time.perf_counter()
            writer.write(sent)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
            times.append(time.perf_counter() - start)
            assert int(head.split()[1]) in statuses, (head, body)
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return times


def processor_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def direct_ms(call, numbers) -> float:
    """Processor time of one call in this process."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    for number in numbers:
        call(number)
    after = resource.getrusage(resource.RUSAGE_SELF)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return 1000 * spent / len(numbers)


def measure(name: str, database: str) -> None:
    with SqlRepository(database) as repository:
        service = PumpPerformanceService(repository)
        repository.add(*(test("T", number) for number in range(TESTS)))
        some = range(200)
        direct = {
            "GET 20 tests": direct_ms(
                lambda n: [
                    to_record(row)
                    for row in repository.newest(
                        PumpTest, by="test_date", count=20, equipment_id=f"P{n % PUMPS}"
                    )
                ],
                some,
            ),
            "POST a test": direct_ms(
                lambda n: service.record_test(test("D", n), user_id="bench"), some
            ),
            "POST calculate": direct_ms(
                lambda n: service.calculate_result(f"T{TESTS - 1 - n}", user_id="bench"), some
            ),
        }
    asked = {
        "GET health": [message("GET", "/health")] * REQUESTS,
        "GET 20 tests": [
            message("GET", f"/tests/P{number % PUMPS}?limit=20") for number in range(REQUESTS)
        ],
        "POST a test": [
            message("POST", "/tests", body_of(test("N", number))) for number in range(REQUESTS)
        ],
        "POST calculate": [
            message("POST", f"/results/calculate/T{number}") for number in range(REQUESTS)
        ],
    }
    program = [sys.executable, "-m", "pumpperf.adapters.web", "--database", database]
    with subprocess.Popen(
        [*program, "--port", "0", "--insecure-loopback-only"], stdout=subprocess.PIPE, text=True
    ) as server:
        port = int(server.stdout.readline().rpartition(":")[2])
        for what, messages in asked.items():
            asyncio.run(ask(port, messages[:1], {200, 201}))
            before, start = processor_s(server.pid), time.perf_counter()
            times = sorted(asyncio.run(ask(port, messages, {200, 201})))
            wall = time.perf_counter() - start
            own_ms = 1000 * (processor_s(server.pid) - before) / REQUESTS
            inside = f"{direct[what]:5.2f} ms" if what in direct else "   -    "
            print(
                f"{name:11} {what:15} {REQUESTS / wall:6.0f}/s"
                f"   median {1000 * times[len(times) // 2]:6.1f} ms"
                f"   p99 {1000 * times[int(0.99 * len(times))]:6.1f} ms"
                f"   server {own_ms:5.2f} ms a request ({own_ms * REQUESTS / 10 / wall:3.0f} % of a"
                f" core), service and database alone {inside}"
            )
        server.send_signal(signal.SIGTERM)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        measure("SQLite", f"{folder}/pumps.db")
        measure("PostgreSQL", server.database())


if __name__ == "__main__":
    main()
