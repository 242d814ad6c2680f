"""The maker of accounts with one figure each, shared with the tests of checking."""

from collections.abc import Callable

import pytest

from counterfoil.reading.model import Account

from ..checking.conftest import make_account


@pytest.fixture
def account() -> Callable[..., Account]:
    """Return the maker of accounts with one figure each."""
    return make_account
