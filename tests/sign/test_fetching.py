"""What certificates name is fetched under limits, in signing and in verifying alike."""

from __future__ import annotations

import threading

import pytest

from sopdocs.sign import Policy, Revocation, Verdict, ades, verify
from sopdocs.sign.fetching import MOST, Sources

from .agency import now
from .authority import Authority
from .loopback import Reply, serving
from .material import small_pdf
from .sealing import Way, sealed


def test_one_validation_asks_only_so_often() -> None:
    asked: list[str] = []

    def refuse(request: object) -> Reply:
        asked.append(str(request))
        return Reply(status=404)

    with serving(refuse) as url:
        sources = Sources(5)
        for number in range(MOST + 5):
            with pytest.raises(ValueError, match="http"):
                sources.get(f"{url}/{number}", "*/*")
    assert len(asked) == MOST


def test_a_status_service_that_drips_does_not_hold_a_verification(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each byte comes in time; the whole answer never does."""
    pdf = sealed(small_pdf(), authority, Way(stamp=None, store=False))
    over = threading.Event()
    with serving(lambda _: Reply(b"0" * 100_000, drip=over)) as url:
        monkeypatch.setattr(ades, "SECONDS_TO_WAIT", 0.3)
        monkeypatch.setattr(Sources, "post", lambda self, _, body: _post(self, url, body))
        monkeypatch.setattr(Sources, "get", lambda self, _, accept: _get(self, url, accept))
        report = verify(pdf, trusted=[authority.root], now=now(), policy=Policy(online=True))
    over.set()
    assert (report.verdict, report.revocation) == (Verdict.INDETERMINATE, Revocation.UNKNOWN)


_post, _get = Sources.post, Sources.get
