"""What is said where no extra is installed; run by `nox -s package`."""

import importlib

NEEDS = {"adapters.sql": "sql", "adapters.web": "web", "testing": "testing"}


def main():
    for room, extra in NEEDS.items():
        try:
            importlib.import_module(f"pumpperf.{room}")
        except ModuleNotFoundError as missing:
            if f"pumpperf.{room} needs" not in str(missing) or f"`{extra}`" not in str(missing):
                raise
        else:
            raise AssertionError(f"pumpperf.{room} needs no extra?")


if __name__ == "__main__":
    main()
