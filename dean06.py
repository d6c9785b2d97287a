"""The command line: the only room that sees all the others."""

from __future__ import annotations

import typer

app = typer.Typer(name="dean06", no_args_is_help=True, help="Knowledge base of Vietnamese law and procedures for Đề án 06.")


def main() -> None:
    """Run the command line."""
    app()
