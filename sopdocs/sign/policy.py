"""What a caller demands of a signed file beyond intact bytes."""

from __future__ import annotations

from dataclasses import dataclass

from sopdocs.sign.field import FIELD_NAME


@dataclass(frozen=True, slots=True)
class Policy:
    """The demands of one verification; the defaults are those on a bundle sealed by us.

    Not negotiable, and so not here: exactly one signature field, the entire file covered, nothing after the
    signature, strong algorithms, a certificate that was valid when it signed.
    """

    field: str | None = FIELD_NAME
    """Name of the one signature field; None: one field of whatever name."""
    certification: bool = True
    """Demand a certification signature that allows no changes (DocMDP P=1).

    False is the lower demand for services that offer no certification, such as BSrE, and for the approval of a
    single sheet: an approval signature passes too. It still seals the entire file, and the report says that the
    file itself does not forbid changes. A certification that is there must allow no changes in any case.
    """
    revocation: bool = True
    """Demand that the status of every certificate that names a revocation service is known.

    False: what is not known becomes a note. For a signer who checks the own B-B signature right away, offline.
    """
    online: bool = False
    """Ask the revocation services that the certificates name; certificates themselves are never fetched."""
