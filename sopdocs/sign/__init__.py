"""Bundle -> signed bundle -> verdict. The only room that knows pyHanko."""

import logging

from sopdocs.sign.contents import Contents, PartFacts
from sopdocs.sign.examination import examine
from sopdocs.sign.expectation import Difference, Expectation, ExpectedAttachment, ExpectedSop
from sopdocs.sign.field import FIELD_NAME
from sopdocs.sign.key import DEVELOPMENT_NAME, DevelopmentKey, development_key
from sopdocs.sign.policy import Policy
from sopdocs.sign.repeating import commands
from sopdocs.sign.report import Check, Command, Level, Report, Revocation, TimeSource, Topic, Verdict
from sopdocs.sign.signature import Statement, sign
from sopdocs.sign.verification import verify

__all__ = [
    "DEVELOPMENT_NAME",
    "FIELD_NAME",
    "Check",
    "Command",
    "Contents",
    "DevelopmentKey",
    "Difference",
    "Expectation",
    "ExpectedAttachment",
    "ExpectedSop",
    "Level",
    "PartFacts",
    "Policy",
    "Report",
    "Revocation",
    "Statement",
    "TimeSource",
    "Topic",
    "Verdict",
    "commands",
    "development_key",
    "examine",
    "sign",
    "verify",
]

# Without any handler Python prints pyHanko's warnings, with tracebacks, to stderr; the report says the same in
# sentences. An application that configures logging still gets them.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
