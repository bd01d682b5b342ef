"""pyHanko's validation of one signature or time stamp (ETSI EN 319 102-1, 5.3 and 5.4) at one moment."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from pyhanko.sign.ades.report import AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import message_imprint_checker
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    LocalKnowledge,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager

from sopdocs.sign.fetching import Backend
from sopdocs.sign.foreign import Embedded
from sopdocs.sign.stamp import Stamp

CLOCK_TOLERANCE = timedelta(minutes=5)
"""How far two clocks may be apart: the signer's, the stamp's, the revocation service's, the verifier's."""

SECONDS_TO_WAIT = 10
"""For one answer of a revocation service."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Against what something is validated."""

    anchors: Sequence[Any]
    """Trusted certificates."""
    knowledge: LocalKnowledge
    """Certificates and revocation data of the file."""
    moment: datetime
    """The time for which certificates and revocation data must hold."""
    historical: bool
    """Whether `moment` is a proven time in the past instead of today."""
    online: bool
    revocation: bool = True
    """Whether to ask for revocation at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What pyHanko found."""

    indication: AdESSubIndic
    status: Any
    """pyHanko's status; None when the value is malformed or meant for another certificate."""

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return self.indication is AdESPassed.OK

    @property
    def revoked_at(self) -> datetime | None:
        """When the signer or an authority above was revoked."""
        details = getattr(self.status, "revocation_details", None)
        return None if details is None else details.revocation_date

    @property
    def chain(self) -> list[bytes]:
        """From the certificate at hand to the trusted one, DER; empty when no trusted one was reached."""
        path = getattr(self.status, "validation_path", None)
        return [] if path is None else [each.dump() for each in path.iter_certs(include_root=True)][::-1]


def validate_signature(signature: Embedded, setting: Setting) -> Answer:
    """Validate digest, value, certificate and revocation of `signature`."""
    return asyncio.run(_signature(signature, setting))


def validate_stamp(stamp: Stamp, signature: Embedded, setting: Setting) -> Answer:
    """Validate that `stamp` belongs to `signature` and comes from a trusted authority of time."""
    return asyncio.run(_stamp(stamp, signature, setting))


async def _signature(signature: Embedded, setting: Setting) -> Answer:
    result = await cast("Any", ades).ades_basic_validation(
        signature.signed_data,
        _specification(setting),
        timing_info=_timing(setting),
        raw_digest=signature.compute_digest(),
    )
    return Answer(result.ades_subindic, result.api_status)


async def _stamp(stamp: Stamp, signature: Embedded, setting: Setting) -> Answer:
    try:
        result = await cast("Any", ades).ades_timestamp_validation(
            stamp.value,
            _specification(setting),
            message_imprint_checker(cast("Any", signature.signer_info)),
            timing_info=_timing(setting),
        )
    except SignatureValidationError as error:  # not caught by pyHanko as it is for signatures
        indication = cast("AdESSubIndic | None", error.ades_subindication)
        return Answer(indication or AdESIndeterminate.GENERIC, None)
    return Answer(result.ades_subindic, result.api_status)


def _timing(setting: Setting) -> ValidationTimingInfo:
    return ValidationTimingInfo(setting.moment, setting.moment, point_in_time_validation=setting.historical)


def _specification(setting: Setting) -> SignatureValidationSpec:
    # A certificate that names a revocation service must come with its answer; a self-signed one names none.
    rule = RevocationCheckingRule.CHECK_IF_DECLARED if setting.revocation else RevocationCheckingRule.NO_CHECK
    fetching = RevinfoOnlineFetchingRule
    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(trust_roots=setting.anchors),
            revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy(rule, rule)),
            time_tolerance=CLOCK_TOLERANCE,
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(
            online_fetching_rule=fetching.ALWAYS_FETCH if setting.online else fetching.LOCAL_ONLY,
            fetcher_backend=Backend(SECONDS_TO_WAIT),
            # Their addresses come from whoever made the file.
            certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
        ),
        local_knowledge=setting.knowledge,
        key_usage_settings=KeyUsageConstraints(
            key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
        ),
    )
