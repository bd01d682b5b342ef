"""Fixtures of the sign room: made once per process, since keys and LibreOffice are slow."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sopdocs.sign import DevelopmentKey, development_key, sign

from .authority import HOST, Authority, running
from .material import NOW, STATEMENT, office_pdf, small_pdf


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any attempt to leave this machine fail the test: only the loopback address may be reached."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and address[0] != HOST:
            pytest.fail("a test of the sign room went to the network")
        connect(self, address)

    def guarded_resolve(host: object, *rest: object, **options: object) -> object:
        if host != HOST:
            pytest.fail("a test of the sign room asked for the address of another machine")
        return resolve(host, *rest, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_resolve)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running(tmp_path_factory.mktemp("otoritas"), datetime.now(tz=UTC)) as authority:
        yield authority


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
