"""How fast the pages of the ledgers are over a home: ``python benchmarks/ledger_pages.py HOME``.

Each address is asked once to warm up, then again and again under many filters and pages; milliseconds inside the server.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from statistics import quantiles

import httpx

from kb.settings import Settings
from web.app import create_app

ROUNDS = 40
ADDRESSES = {
    "tasks": [
        "/nhiem-vu",
        "/nhiem-vu?trang=3",
        "/nhiem-vu?trang-thai=overdue",
        "/nhiem-vu?co-quan=Bộ Công an",
        "/nhiem-vu?sap-xep=noi-dung",
    ],
    "procedures": [
        "/thu-tuc",
        "/thu-tuc?trang=9",
        "/thu-tuc?day-du=thieu",
        "/thu-tuc?bo=Bộ Tư pháp",
        "/thu-tuc?tu-khoa=cấp",
    ],
    "unsimplified": [
        "/thu-tuc/chua-don-gian",
        "/thu-tuc/chua-don-gian?trang=5",
        "/thu-tuc/chua-don-gian?dau-hieu=household_book",
        "/thu-tuc/chua-don-gian?bo=Bộ Tư pháp",
    ],
    "by document": ["/thu-tuc/theo-van-ban", "/thu-tuc/theo-van-ban?trang=2"],
    "one task": ["/nhiem-vu/T0002", "/nhiem-vu/T0166", "/nhiem-vu/T0075"],
    "one procedure": ["/thu-tuc/1.004222", "/thu-tuc/1.002755", "/thu-tuc/1.014067"],
    "dashboard": ["/tong-quan"],
    "agency": ["/co-quan/bo-cong-an", "/co-quan/bo-thong-tin-va-truyen-thong"],
}


async def measure(home: Path) -> None:
    """Print the first answer and the median and 95th percentile of the later ones, a line a kind of page."""
    app = create_app(Settings(home=home))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client,
    ):
        for name, addresses in ADDRESSES.items():
            first = [await _asked(client, address) for address in addresses]
            again = [await _asked(client, address) for _ in range(ROUNDS) for address in addresses]
            middle, late = quantiles(again, n=20)[9], quantiles(again, n=20)[18]
            print(f"{name:14} first ≤ {max(first):8.1f} ms   p50 {middle:6.1f} ms   p95 {late:6.1f} ms")


async def _asked(client: httpx.AsyncClient, address: str) -> float:
    start = time.perf_counter()
    answer = await client.get(address)
    if answer.status_code not in {200, 404}:
        raise SystemExit(f"{address}: {answer.status_code}")
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    asyncio.run(measure(Path(sys.argv[1])))
