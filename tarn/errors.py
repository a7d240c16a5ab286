"""What a command tells a person when it cannot go on."""

import click


class TarnError(click.ClickException):
    """One clear sentence with the remedy; the command ends with exit code 1."""

    exit_code = 1


class WrongUse(TarnError):
    """The command was asked for something that makes no sense; exit code 2."""

    exit_code = 2
