"""The same for programs: JSON under ``/api`` in the shapes that the command line prints, one error shape."""

from fastapi import APIRouter

from web.api import ledgers, search

router = APIRouter(prefix="/api")
router.include_router(search.router)
router.include_router(ledgers.router)

__all__ = ["router"]
