"""The permanent addresses of everything: the one place that builds them."""

from __future__ import annotations


def document_address(slug: str) -> str:
    """The page of a document."""
    return f"/van-ban/{slug}"


def provision_address(slug: str, path: str) -> str:
    """The page of a provision; a khoản or điểm is a spot on the page of its điều, with an address of its own.

    >>> provision_address("luat-26-2023-qh15", "dieu-5.khoan-1.diem-c")
    '/van-ban/luat-26-2023-qh15/dieu-5.khoan-1.diem-c'
    """
    return f"/van-ban/{slug}/{path}"


def procedure_address(code: str) -> str:
    """The page of a procedure."""
    return f"/thu-tuc/{code}"


def task_address(task_id: str) -> str:
    """The page of a task."""
    return f"/nhiem-vu/{task_id}"


def agency_address(slug: str) -> str:
    """The page of an agency."""
    return f"/co-quan/{slug}"
