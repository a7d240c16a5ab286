"""Simulations, made once and read back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from demo_reading import Delivered, read

from demo.cli import main


@pytest.fixture(scope="session")
def simulate(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Delivered]:
    """Simulate with some options and read the result."""

    def run(*options: str) -> Delivered:
        folder = tmp_path_factory.mktemp("demo") / "out"
        assert main([str(folder), *options]) == 0
        return read(folder)

    return run


@pytest.fixture(scope="session")
def delivered(simulate: Callable[..., Delivered]) -> Delivered:
    """The simulation of the default size."""
    return simulate()
