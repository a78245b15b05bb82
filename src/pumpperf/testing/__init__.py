"""For those who implement a repository or test with rows: a contract and hypothesis strategies.

Needs the extra `testing`. The strategies are built from the same field descriptions that
construction and the doors read, so they draw everything that a row may hold.
"""

from pumpperf.errors import extra

with extra("testing", __name__):
    from pumpperf.testing.contract import RepositoryContract
    from pumpperf.testing.drawn import LARGEST, rows

__all__ = ["LARGEST", "RepositoryContract", "rows"]
