"""Bundle -> signed bundle -> verdict. The only room that knows pyHanko.

Signing uses the network only for a time stamp, revocation data or a signing service that was asked for; verifying
only for revocation data, and only when asked to.
"""

import logging

from sopdocs.sign.anchors import holders, is_trial
from sopdocs.sign.bsre import BsreService
from sopdocs.sign.contents import Contents, PartFacts
from sopdocs.sign.examination import examine
from sopdocs.sign.expectation import Difference, Expectation, ExpectedAttachment, ExpectedSop
from sopdocs.sign.field import FIELD_NAME, VisibleMark
from sopdocs.sign.key import DEVELOPMENT_NAME, DevelopmentKey, development_key
from sopdocs.sign.pkcs11 import Pkcs11Key
from sopdocs.sign.pkcs12 import Pkcs12Key
from sopdocs.sign.policy import Policy
from sopdocs.sign.repeating import commands
from sopdocs.sign.report import Check, Command, Level, Report, Revocation, TimeSource, Topic, Verdict
from sopdocs.sign.secret import Secret
from sopdocs.sign.signature import Terms, sign
from sopdocs.sign.signer import LocalSigner
from sopdocs.sign.statement import Statement
from sopdocs.sign.verification import verify
from sopdocs.sign.wording import MarkWords, mark_words

__all__ = [
    "DEVELOPMENT_NAME",
    "FIELD_NAME",
    "BsreService",
    "Check",
    "Command",
    "Contents",
    "DevelopmentKey",
    "Difference",
    "Expectation",
    "ExpectedAttachment",
    "ExpectedSop",
    "Level",
    "LocalSigner",
    "MarkWords",
    "PartFacts",
    "Pkcs11Key",
    "Pkcs12Key",
    "Policy",
    "Report",
    "Revocation",
    "Secret",
    "Statement",
    "Terms",
    "TimeSource",
    "Topic",
    "Verdict",
    "VisibleMark",
    "commands",
    "development_key",
    "examine",
    "holders",
    "is_trial",
    "mark_words",
    "sign",
    "verify",
]

# Without any handler Python prints pyHanko's warnings, with tracebacks, to stderr; the report says the same in
# sentences. An application that configures logging still gets them.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
