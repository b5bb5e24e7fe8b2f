"""Passwords in these tests are hashed as in the product, with less work: they are many."""

import pytest
from argon2 import PasswordHasher

from app.accounts.services import passwords


@pytest.fixture(autouse=True)
def less_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash quickly. What the product uses has a test of its own."""
    passwords._nobodys.cache_clear()
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
