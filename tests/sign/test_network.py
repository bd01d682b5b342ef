"""One exchange ends: well, or with a clause that says why and shows nothing that was sent."""

from __future__ import annotations

import socket
import threading

import pytest

from sopdocs.sign.network import Call, UnansweredError, ask, basic
from sopdocs.sign.secret import Secret

from .authority import HOST
from .loopback import Reply, Request, serving


def refused(call: Call) -> str:
    with pytest.raises(UnansweredError) as caught:
        ask(call)
    assert caught.value.__context__ is None
    return str(caught.value)


def test_an_answer_whatever_its_status() -> None:
    with serving(lambda request: Reply(request.body[::-1], 418)) as url:
        answer = ask(Call("POST", url, b"abc"))
    assert (answer.status, answer.body) == (418, b"cba")


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    assert refused(Call("GET", f"http://{HOST}:{port}/")) == "tidak dapat dihubungi"


def test_a_service_that_sends_byte_by_byte_is_left() -> None:
    """The timeouts of requests would never strike: each byte comes in time."""
    over = threading.Event()
    with serving(lambda _: Reply(b"x" * 100_000, drip=over)) as url:
        assert refused(Call("GET", url, seconds=0.5)) == "tidak selesai menjawab dalam 0.5 detik"
    over.set()


def test_an_answer_cut_short() -> None:
    with serving(lambda _: Reply(b"setengah", missing=100)) as url:
        assert "terpotong" in refused(Call("GET", url, seconds=5))


def test_an_answer_too_large() -> None:
    with serving(lambda _: Reply(b"x" * 2000)) as url:
        assert "terlalu besar" in refused(Call("GET", url, largest=1000))


def test_a_redirect_is_refused_unless_allowed() -> None:
    def answer(request: Request) -> Reply:
        return Reply(status=302, headers={"Location": "/lain"}) if request.path == "/" else Reply(b"di sini")

    with serving(answer) as url:
        assert "pengalihan ditolak" in refused(Call("GET", f"{url}/"))
        assert ask(Call("GET", f"{url}/", redirects=True)).body == b"di sini"


@pytest.mark.parametrize("redirects", [False, True])
def test_what_comes_along_with_a_redirect_is_not_read(redirects: bool) -> None:
    """It may be endless, and nobody wants it: the body here never comes to its end."""
    over = threading.Event()

    def answer(request: Request) -> Reply:
        elsewhere = {"Location": "/lain"}
        return Reply(b"di sini") if request.path == "/lain" else Reply(b"x" * 100_000, 302, elsewhere, drip=over)

    with serving(answer) as url:
        call = Call("GET", f"{url}/", redirects=redirects, seconds=20)
        if redirects:
            assert ask(call).body == b"di sini"
        else:
            assert "pengalihan ditolak" in refused(call)
    over.set()


def test_redirects_without_end_or_to_something_else() -> None:
    with serving(lambda _: Reply(status=302, headers={"Location": "/lagi"})) as url:
        assert "tanpa akhir" in refused(Call("GET", url, redirects=True))
    with serving(lambda _: Reply(status=302, headers={"Location": "file:///etc/hostname"})) as url:
        assert "bukan alamat" in refused(Call("GET", url, redirects=True))


@pytest.mark.parametrize("url", ["kacau", "ftp://127.0.0.1/", "http://", "http://127.0.0.1:x/"])
def test_an_address_that_is_none(url: str) -> None:
    assert "alamat" in refused(Call("GET", url)) or "dihubungi" in refused(Call("GET", url))


def test_nothing_sent_is_shown() -> None:
    call = Call("POST", "http://127.0.0.1/", b"rahasia", {"X": "rahasia"}, basic(Secret("rahasia"), Secret("rahasia")))
    assert "rahasia" not in repr(call)
    assert "rahasia" not in repr(call.auth)
