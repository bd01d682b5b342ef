"""A certification authority on this machine: certificates of every kind, OCSP, CRL and time stamps over loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import requests
from asn1crypto import ocsp, x509
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import WSGIRequestHandler, make_server

HOST = "127.0.0.1"
KEYS = ("akar", "penerbit", "ocsp", "cap-waktu", "pejabat", "asing")
FUTURE = "/masa-depan"
"""Below this path the same services live two days ahead."""

SIGNERS = (
    "pejabat",
    "pejabat-langsung",
    "dicabut",
    "kedaluwarsa",
    "belum-berlaku",
    "salah-guna",
    "sertifikat-lemah",
    "penerbit-dicabut",
    "asing",
)
"""Labels of the certificates that sign documents; the first two are in order.

The second comes from the root itself and names no services.
"""

STAMPS = ("cap-waktu", "cap-waktu-lemah", "cap-waktu-asing", "cap-waktu-salah-guna")
"""Labels of the time stamping services; only the first one is in order."""

LISTS = ("akar", "penerbit", "penerbit-lama", "akar-asing")
"""Labels of the authorities that publish a revocation list."""

OTHER = ("asing", "akar-asing", "cap-waktu-asing")
"""Labels that belong to the authority that nobody trusts."""


@dataclass(frozen=True, slots=True)
class Authority:
    """The running authority; every certificate is made on first use and stays the same."""

    url: str
    """Where its services listen, without a slash at the end."""
    own: PKIArchitecture
    other: PKIArchitecture
    """Of the authority that nobody trusts."""

    @property
    def root(self) -> bytes:
        """The trusted root certificate, DER."""
        return self.certificate("akar")

    def certificate(self, label: str) -> bytes:
        """Return the certificate with this label, DER."""
        return self._of(label).get_cert(CertLabel(label)).dump()

    def chain(self, label: str) -> list[bytes]:
        """Return the certificates above `label`, DER."""
        source = self._of(label)
        return [source.get_cert(each).dump() for each in source.get_chain(CertLabel(label))]

    def pkcs12(self, label: str, passphrase: bytes) -> bytes:
        """Return key, certificate and chain of `label` as a PKCS#12 file."""
        return self._of(label).package_pkcs12(CertLabel(label), password=passphrase)

    def key(self, label: str) -> rsa.RSAPrivateKey:
        """Return the private key that belongs to the certificate `label`."""
        key, _, _ = pkcs12.load_key_and_certificates(self.pkcs12(label, b"x"), b"x")
        assert isinstance(key, rsa.RSAPrivateKey)
        return key

    def timestamp_url(self, label: str = "cap-waktu", *, future: bool = False) -> str:
        """Return the address of a time stamping service; with `future` its clock is two days ahead."""
        return f"{self._base(label, future=future)}/tsa/{label}"

    def revocation_list(self, label: str, *, future: bool = False) -> bytes:
        """Fetch the list of the authority `label`, DER."""
        got = requests.get(f"{self._base(label, future=future)}/crls/{label}/latest.crl", timeout=10)
        got.raise_for_status()
        return got.content

    def answers_for(self, label: str) -> bool:
        """Tell whether the certificate `label` names a status service (OCSP)."""
        return bool(x509.Certificate.load(self.certificate(label)).ocsp_urls)

    def status(self, label: str, *, future: bool = False) -> bytes:
        """Ask the status service about the certificate `label`; return the answer, DER."""
        issuer, certificate = (x509.Certificate.load(self.certificate(each)) for each in ("penerbit", label))
        identity = {
            "hash_algorithm": {"algorithm": "sha1"},
            "issuer_name_hash": issuer.subject.sha1,
            "issuer_key_hash": issuer.public_key.sha1,
            "serial_number": certificate.serial_number,
        }
        question = ocsp.OCSPRequest({"tbs_request": {"request_list": [{"req_cert": identity}]}})
        url = f"{self._base(label, future=future)}/ocsp/penerbit"
        assert future or url in certificate.ocsp_urls
        got = requests.post(url, question.dump(), timeout=10)
        got.raise_for_status()
        return got.content

    def _base(self, label: str, *, future: bool) -> str:
        return f"{self.url}{FUTURE if future else ''}/{'asing' if label in OTHER else 'otoritas'}"

    def _of(self, label: str) -> PKIArchitecture:
        return self.other if label in OTHER else self.own


class _Silent(WSGIRequestHandler):
    def log(self, *_: object, **__: object) -> None:
        """Print nothing: pytest would show every request."""


@contextmanager
def running(folder: Path, now: datetime) -> Iterator[Authority]:
    """Start the authority on a free port of the loopback address and stop it at the end.

    `folder` receives its keys; validity counts from `now` (aware), which should be the real time, since the
    services answer with the real time.
    """
    for name in KEYS:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        (folder / f"{name}.pem").write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    server = make_server(HOST, 0, lambda *_: [], threaded=True, request_handler=_Silent)
    url = f"http://{HOST}:{server.server_port}"
    config = CertomancerConfig(
        _configuration(now), key_search_dir=str(folder), config_search_dir=str(folder), external_url_prefix=url
    )
    store = AnimatorArchStore(config.pki_archs)
    ahead = Animator(store, at_time=now + timedelta(days=2), with_web_ui=False)
    server.app = DispatcherMiddleware(Animator(store, with_web_ui=False), {FUTURE: ahead})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        own, other = (config.get_pki_arch(ArchLabel(label)) for label in ("otoritas", "asing"))
        yield Authority(url, own, other)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _configuration(now: datetime) -> dict[str, Any]:
    keys = {name: {"path": f"{name}.pem"} for name in KEYS}
    return {
        "keysets": {"uji": {"keys": keys}},
        "pki-architectures": {"otoritas": _own(now), "asing": _other(now)},
    }


def _own(now: datetime) -> dict[str, Any]:
    signer = {"issuer": "penerbit", "subject-key": "pejabat", "validity": _from(now, -30, 700)}
    usable = _usage("digital_signature", "non_repudiation")
    revoked = {"revoked-since": (now - timedelta(days=3)).isoformat(), "reason": "key_compromise"}
    # Certomancer finds the certificate of an issuer by its subject, so each kind has a name of its own.
    certs: dict[str, Any] = {
        "akar": _ca("akar", now),
        "penerbit": _ca("akar", now, _crl("akar")),
        "penerbit-lama": _ca("akar", now, _crl("akar")) | {"subject-key": "penerbit", "revocation": revoked},
        "ocsp": {
            "issuer": "penerbit",
            "validity": _from(now, -400, 3000),
            "extensions": [_usage("digital_signature"), _purpose("ocsp_signing"), {"id": "ocsp_no_check"}],
        },
        "cap-waktu": _stamp("akar", now, _crl("akar")),
        "cap-waktu-salah-guna": _stamp("akar", now, _crl("akar"), purpose="email_protection"),
        "pejabat": signer | {"extensions": [usable, *_services()]},
        "pejabat-langsung": signer | {"issuer": "akar", "extensions": [usable]},
        "dicabut": signer | {"extensions": [usable, *_services()], "revocation": revoked},
        "kedaluwarsa": signer | {"extensions": [usable, *_services()], "validity": _from(now, -300, -10)},
        "belum-berlaku": signer | {"extensions": [usable, *_services()], "validity": _from(now, 10, 300)},
        "salah-guna": signer | {"extensions": [_usage("key_encipherment"), *_services()]},
        "sertifikat-lemah": signer | {"extensions": [usable, *_services()], "digest-algo": "sha1"},
        "penerbit-dicabut": signer
        | {"issuer": "penerbit-lama", "authority-key": "penerbit", "extensions": [usable, _crl("penerbit-lama")]},
    }
    names = {
        "akar": "Akar Uji",
        "penerbit": "Penerbit Uji",
        "penerbit-lama": "Penerbit Lama Uji",
        "ocsp": "Penjawab Status Uji",
        "cap-waktu": "Penanda Waktu Uji",
        "cap-waktu-salah-guna": "Bukan Penanda Waktu Uji",
    }
    names |= {label: f"Budi Contoh ({label})" for label in certs if label not in names}
    services = {
        "ocsp": {"penerbit": {"for-issuer": "penerbit", "responder-cert": "ocsp", "signing-key": "ocsp"}},
        "crl-repo": {
            "akar": _revocations("akar", "akar"),
            "penerbit": _revocations("penerbit", "penerbit"),
            "penerbit-lama": _revocations("penerbit-lama", "penerbit"),
        },
        "cert-repo": {"akar": {"for-issuer": "akar", "publish-issued-certs": True}},
        "time-stamping": {
            "cap-waktu": _stamping("cap-waktu", "cap-waktu"),
            "cap-waktu-lemah": _stamping("cap-waktu", "cap-waktu") | {"digest-algo": "sha1"},
            "cap-waktu-salah-guna": _stamping("cap-waktu-salah-guna", "cap-waktu"),
        },
    }
    return _architecture(names, certs, services)


def _other(now: datetime) -> dict[str, Any]:
    usable = _usage("digital_signature", "non_repudiation")
    certs = {
        "akar-asing": _ca("akar-asing", now) | {"subject-key": "asing", "authority-key": "asing"},
        "asing": {
            "issuer": "akar-asing",
            "authority-key": "asing",
            "subject-key": "pejabat",
            "validity": _from(now, -30, 700),
            "extensions": [usable, _crl("akar-asing")],
        },
        "cap-waktu-asing": _stamp("akar-asing", now, _crl("akar-asing")) | {"authority-key": "asing"},
    }
    names = {"akar-asing": "Akar Asing", "asing": "Budi Contoh (asing)", "cap-waktu-asing": "Penanda Waktu Asing"}
    services = {
        "crl-repo": {"akar-asing": _revocations("akar-asing", "asing")},
        "time-stamping": {"cap-waktu-asing": _stamping("cap-waktu-asing", "cap-waktu")},
    }
    return _architecture(names, certs, services)


def _architecture(names: dict[str, str], certs: dict[str, Any], services: dict[str, Any]) -> dict[str, Any]:
    return {
        "keyset": "uji",
        "entity-defaults": {"country-name": "ID", "organization-name": "Contoh"},
        "entities": {label: {"common-name": name} for label, name in names.items()},
        "certs": certs,
        "services": services,
    }


def _from(now: datetime, begin: int, end: int) -> dict[str, str]:
    """Return a validity in days before and after `now`."""
    edges = (now.replace(microsecond=0) + timedelta(days=days) for days in (begin, end))
    return dict(zip(("valid-from", "valid-to"), (edge.isoformat() for edge in edges), strict=True))


def _ca(issuer: str, now: datetime, *extensions: dict[str, Any]) -> dict[str, Any]:
    basic = {"id": "basic_constraints", "critical": True, "value": {"ca": True}}
    usage = _usage("digital_signature", "key_cert_sign", "crl_sign")
    return {"issuer": issuer, "validity": _from(now, -400, 3000), "extensions": [basic, usage, *extensions]}


def _stamp(issuer: str, now: datetime, crl: dict[str, Any], *, purpose: str = "time_stamping") -> dict[str, Any]:
    return {
        "issuer": issuer,
        "subject-key": "cap-waktu",
        "validity": _from(now, -30, 700),
        "extensions": [_usage("digital_signature"), _purpose(purpose), crl],
    }


def _usage(*names: str) -> dict[str, Any]:
    return {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": [*names]}}


def _purpose(name: str) -> dict[str, Any]:
    return {"id": "extended_key_usage", "critical": True, "value": [name]}


def _crl(repository: str) -> dict[str, Any]:
    params = {"crl-repo-names": [repository]}
    return {"id": "crl_distribution_points", "smart-value": {"schema": "crl-dist-url", "params": params}}


def _services() -> list[dict[str, Any]]:
    """Return the addresses of OCSP and CRL that a signer's certificate names."""
    params = {"ocsp-responder-names": ["penerbit"]}
    access = {"id": "authority_information_access", "smart-value": {"schema": "aia-urls", "params": params}}
    return [_crl("penerbit"), access]


def _revocations(issuer: str, key: str) -> dict[str, str]:
    return {"for-issuer": issuer, "signing-key": key, "simulated-update-schedule": "P1D"}


def _stamping(certificate: str, key: str) -> dict[str, str]:
    return {"signing-cert": certificate, "signing-key": key}
