"""`python -m sopdocs`."""

import sys

from sopdocs.cli import run

if __name__ == "__main__":
    sys.exit(run())
