"""The cyclic garbage collector, off while a large tree is built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Switch the cyclic collector off for a while; nested uses are fine.

    A bank is one large tree without cycles. Each collection while it grows walks all of it in vain:
    that was the largest single cost of loading, and grew faster than the bank.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
