"""What a page asks the application for."""

from __future__ import annotations

from fastapi import Request

from web.library import Library


def library(request: Request) -> Library:
    """The store and index of the application that answers."""
    held: Library = request.app.state.library
    return held
