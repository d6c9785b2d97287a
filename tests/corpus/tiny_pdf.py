"""Writes small made-up PDFs: any letters at any place, ruled lines, images, turned text, so that a test shows its page."""

from __future__ import annotations

from dataclasses import dataclass, field

A4 = (595, 842)
_WIDTH = 0.5  # of an em: every letter is as wide as any other
LETTER = _WIDTH


@dataclass
class TinyPage:
    """A page in the making; places are points from its top left."""

    size: tuple[int, int] = A4
    rotate: int = 0
    items: list[tuple[str, tuple[float, ...], str]] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, size: float = 12, *, angle: int = 0) -> TinyPage:
        """Words on one line with its baseline at ``y``; ``angle`` 90 runs upwards."""
        self.items.append(("text", (x, y, size, angle), words))
        return self

    def lines(self, x: float, y: float, *texts: str, step: float = 16, size: float = 12) -> TinyPage:
        """Lines below each other."""
        for index, words in enumerate(texts):
            self.text(x, y + index * step, words, size)
        return self

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> TinyPage:
        """A straight line."""
        self.items.append(("rule", (x1, y1, x2, y2), ""))
        return self

    def grid(self, columns: tuple[float, ...], rows: tuple[float, ...]) -> TinyPage:
        """All lines of a table."""
        for y in rows:
            self.rule(columns[0], y, columns[-1], y)
        for x in columns:
            self.rule(x, rows[0], x, rows[-1])
        return self

    def image(self, x: float, y: float, width: float, height: float) -> TinyPage:
        """A grey image."""
        self.items.append(("image", (x, y, width, height), ""))
        return self


def tiny_pdf(*pages: TinyPage) -> bytes:
    """The file."""
    letters = sorted({letter for page in pages for _, _, words in page.items for letter in words})
    codes = {letter: index + 33 for index, letter in enumerate(letters)}
    assert len(codes) < 220
    count = len(pages)
    kids = " ".join(f"{5 + 2 * index} 0 R" for index in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        _font(codes, 5 + 2 * count),
        _stream(
            b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        ),
    ]
    for index, page in enumerate(pages):
        width, height = page.size
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Rotate {page.rotate} /Contents {6 + 2 * index} 0 R "
            "/Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>".encode()
        )
        objects.append(_stream(_drawn(page, codes).encode()))
    objects.append(_stream(_to_unicode(codes).encode()))
    return _file(objects)


def _font(codes: dict[str, int], meaning: int) -> bytes:
    last = 33 + max(len(codes) - 1, 0)
    widths = " ".join([str(int(_WIDTH * 1000))] * (last - 32))
    return (
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 33 /LastChar {last} /Widths [{widths}] "
        f"/ToUnicode {meaning} 0 R >>"
    ).encode()


def _drawn(page: TinyPage, codes: dict[str, int]) -> str:
    height = page.size[1]
    return "\n".join(_operators(kind, at, words, codes, height) for kind, at, words in page.items)


def _operators(kind: str, at: tuple[float, ...], words: str, codes: dict[str, int], height: int) -> str:
    if kind == "rule":
        return f"0.5 w {at[0]} {height - at[1]} m {at[2]} {height - at[3]} l S"
    if kind == "image":
        return f"q {at[2]} 0 0 {at[3]} {at[0]} {height - at[1] - at[3]} cm /I Do Q"
    x, y, size, angle = at
    turn = {0: "1 0 0 1", 90: "0 1 -1 0", 270: "0 -1 1 0", 180: "-1 0 0 -1"}[int(angle)]
    shown = "".join(f"{codes[letter]:02x}" for letter in words)
    return f"BT /F {size} Tf {turn} {x} {height - y} Tm <{shown}> Tj ET"


def _to_unicode(codes: dict[str, int]) -> str:
    pairs = "\n".join(f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    )


def _stream(data: bytes, entries: str = "") -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return data + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
