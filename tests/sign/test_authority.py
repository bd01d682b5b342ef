"""The authority that the other tests rely on answers as a real one does."""

from __future__ import annotations

import hashlib

import pytest
import requests
from asn1crypto import crl, ocsp, tsp, x509

from .authority import SIGNERS, Authority


@pytest.mark.parametrize("label", SIGNERS)
def test_each_signer_has_key_certificate_and_chain(authority: Authority, label: str) -> None:
    certificate = x509.Certificate.load(authority.certificate(label))
    assert certificate.subject.native["common_name"] == f"Budi Contoh ({label})"
    modulus = certificate.public_key.native["public_key"]["modulus"]
    assert authority.key(label).public_key().public_numbers().n == modulus
    assert authority.chain(label)


def test_the_revocation_list_names_the_revoked(authority: Authority) -> None:
    found = crl.CertificateList.load(authority.revocation_list("penerbit"))["tbs_cert_list"]["revoked_certificates"]
    numbers = {entry["user_certificate"].native for entry in found}
    assert numbers == {x509.Certificate.load(authority.certificate("dicabut")).serial_number}


@pytest.mark.parametrize(("label", "status"), [("pejabat", "good"), ("dicabut", "revoked")])
def test_the_status_service(authority: Authority, label: str, status: str) -> None:
    answer = ocsp.OCSPResponse.load(authority.status(label))
    [single] = answer.basic_ocsp_response["tbs_response_data"]["responses"]
    assert single["cert_status"].name == status


@pytest.mark.parametrize("label", ["cap-waktu", "cap-waktu-lemah", "cap-waktu-asing", "cap-waktu-salah-guna"])
def test_the_time_stamping_services(authority: Authority, label: str) -> None:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": hashlib.sha256(b"").digest()}
    question = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True})
    headers = {"Content-Type": "application/timestamp-query"}
    times = []
    for future in (False, True):
        url = authority.timestamp_url(label, future=future)
        answer = tsp.TimeStampResp.load(requests.post(url, question.dump(), headers=headers, timeout=10).content)
        assert answer["status"]["status"].native == "granted"
        times.append(answer["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed["gen_time"].native)
    assert (times[1] - times[0]).days in (1, 2)
