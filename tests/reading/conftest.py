"""Servers that answer for a language model."""

from collections.abc import Iterator

import pytest

from reading.answering import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    yield from serving()


@pytest.fixture
def elsewhere() -> Iterator[Server]:
    yield from serving()
