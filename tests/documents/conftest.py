"""A writer of small PDFs, so that every test shows what stands on its pages."""

from collections.abc import Callable
from hashlib import md5
from itertools import count

import pytest

Placed = tuple[float, float, str] | tuple[float, float, str, float]  # left, bottom, words, size of type (points)
PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")  # PDF 1.7, 7.6.3.3


def rc4(key: bytes, data: bytes) -> bytes:
    """Return the data under RC4, the cipher of the first locked PDFs."""
    state, swap = list(range(256)), 0
    for index in range(256):
        swap = (swap + state[index] + key[index % len(key)]) % 256
        state[index], state[swap] = state[swap], state[index]
    result, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        result.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(result)


def write_pdf(pages: list[list[Placed]], *, title: str = "", password: str = "") -> bytes:
    """Return a PDF with words in Helvetica at the places given; locked where there is a password."""
    numbers = count(1)
    objects: dict[int, bytes] = {}
    owner = rc4(md5((password.encode() + PADDING)[:32]).digest()[:5], (password.encode() + PADDING)[:32])
    key = md5((password.encode() + PADDING)[:32] + owner + b"\xfc\xff\xff\xff" + b"0" * 16).digest()[:5]

    def add(body: bytes) -> int:
        objects[number := next(numbers)] = body
        return number

    font = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    tree = next(numbers)
    leaves = []
    for page in pages:
        drawn = []
        for left, bottom, words, *size in page:
            shown = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            drawn.append(b"BT /F1 %g Tf %g %g Td (%s) Tj ET" % (size[0] if size else 10, left, bottom, shown))
        stream, number = b"\n".join(drawn), next(numbers)
        if password:
            stream = rc4(md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], stream)
        objects[number] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
        leaves.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
                b" /Resources << /Font << /F1 %d 0 R >> >> >>" % (tree, number, font)
            )
        )
    kids = b" ".join(b"%d 0 R" % leaf for leaf in leaves)
    objects[tree] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(leaves))
    root = add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    trailer = b"/Root %d 0 R" % root
    if title:
        trailer += b" /Info %d 0 R" % add(b"<< /Title (%s) >>" % title.encode("cp1252"))
    if password:
        lock = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>"
        number = add(lock % (owner.hex().encode(), rc4(key, PADDING).hex().encode()))
        trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (number, b"30" * 16, b"30" * 16)
    written, places = bytearray(b"%PDF-1.4\n"), {}
    for number, body in objects.items():
        places[number] = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for number in sorted(objects):
        written += b"%010d 00000 n \n" % places[number]
    written += b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(written)


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """Give the writer."""
    return write_pdf
