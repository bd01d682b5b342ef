"""A secret is shown by nothing but `reveal`."""

from __future__ import annotations

import copy
import pickle
import traceback
from dataclasses import dataclass
from pathlib import Path

import pytest

from sopdocs.sign import BsreService, Pkcs11Key, Pkcs12Key, Secret

WORD = "kata-sandi-yang-tidak-boleh-terlihat"


def test_reveal() -> None:
    assert Secret(WORD).reveal() == WORD
    assert Secret(WORD)
    assert not Secret("")


def test_no_way_of_writing_shows_it() -> None:
    secret = Secret(WORD)

    @dataclass
    class Holder:
        secret: Secret

    shown = [
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret!r:>50}",
        "".join(map(str, [secret])),
        repr(Holder(secret)),
        repr([secret]),
    ]
    shown += [repr(getattr(secret, name)) for name in secret.__slots__]
    shown += [
        repr(Pkcs12Key(Path("a.p12"), secret)),
        repr(Pkcs11Key(Path("a.so"), "t", "l", secret)),
        repr(BsreService("https://contoh.invalid", 2, secret, secret, secret, secret, secret)),
    ]
    assert all(WORD not in each for each in shown)


@pytest.mark.parametrize("leave", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_does_not_leave_the_process(leave: object) -> None:
    with pytest.raises(TypeError):
        leave(Secret(WORD))


def test_a_traceback_with_locals_does_not_show_it() -> None:
    def fails(secret: Secret) -> None:
        raise ValueError(f"tidak dapat memakai {secret}")

    with pytest.raises(ValueError, match="Secret") as caught:
        fails(Secret("".join(WORD)))
    told = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "Secret(…)" in told
    assert WORD not in told.replace(f"WORD = '{WORD}'", "")
