"""The command line: the only room that prints, reads the clock and the environment."""

from sopdocs.cli.app import run

__all__ = ["run"]
