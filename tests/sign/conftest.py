"""Fixtures of the sign room: made once per process, since keys and LibreOffice are slow."""

from __future__ import annotations

import socket

import pytest

from sopdocs.sign import DevelopmentKey, development_key, sign

from .material import NOW, STATEMENT, office_pdf, small_pdf


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any attempt to leave this machine fail the test: the room works offline only."""

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("the sign room went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentKey:
    return development_key(tmp_path_factory.mktemp("kunci"), now=NOW)


@pytest.fixture(scope="session")
def unsigned() -> bytes:
    return small_pdf()


@pytest.fixture(scope="session")
def signed(unsigned: bytes, key: DevelopmentKey) -> bytes:
    return sign(unsigned, key, now=NOW, statement=STATEMENT)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return office_pdf(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def signed_office(office: bytes, key: DevelopmentKey) -> bytes:
    return sign(office, key, now=NOW, statement=STATEMENT)
