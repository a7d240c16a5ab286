"""What a command tells a person when it cannot go on."""

from pathlib import Path

import click


class TarnError(click.ClickException):
    """One clear sentence with the remedy; the command ends with exit code 1."""

    exit_code = 1


class WrongUse(TarnError):
    """The command was asked for something that makes no sense; exit code 2."""

    exit_code = 2


class NoProject(WrongUse):
    """The command needs a project, and was called where there is none; exit code 2."""

    def __init__(self, folder: Path) -> None:
        """Name the place that was searched, and the remedy."""
        super().__init__(
            f"There is no Tarn project in {folder} or above it: make one with `tarn init DIR`, and "
            "call tarn in it."
        )
