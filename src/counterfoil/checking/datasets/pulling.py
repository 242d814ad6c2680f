"""Downloads from publishers: whole or not at all, within a size limit, with a digest, going on where they stopped."""

import json
import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from counterfoil.documents.fetch import Answer, answering
from counterfoil.errors import DatasetError, InputError

TIMEOUT_S = 3600.0  # for all of a download: 2 GB at 5 Mbit/s take 53 minutes
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Pulled:
    """A file that was downloaded whole. `resumed`: how many of its bytes an earlier run had fetched."""

    path: Path
    url: str
    digest: str
    size: int
    resumed: int


def file_name(url: str) -> str:
    """Return a plain name for what an address leads to: never a path.

    >>> file_name("https://example.org/a/ged%20251.csv?x=1"), file_name("https://example.org/..%2f..")
    ('ged_251.csv', 'download')
    """
    last = unquote(urlsplit(url).path).replace("\\", "/").rpartition("/")[2]
    name = re.sub(r"[^A-Za-z0-9._-]", "_", last).lstrip(".")[:120]
    return name or "download"


def pull(
    url: str,
    folder: Path,
    *,
    size_limit: int,
    expected: str = "",
    allowed: Callable[[str], bool] | None = None,
    advance: Callable[[int, int | None], None] = lambda done, whole: None,
) -> Pulled:
    """Download a file into a folder, under its own name, once all of it is there.

    size_limit  most bytes taken.
    expected    sha256 that it must have; "" for any.
    allowed     which numeric addresses may be spoken to; None: those of the open internet.
    advance     called with the bytes done and, where the server tells, the whole.
    Raises      InputError for answers that are errors, too large or cut off (what came is kept, and the next run goes
                on from it where the server can tell that the file is still the same); DatasetError for another digest.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / file_name(url)
    part, note = target.with_name(target.name + ".part"), target.with_name(target.name + ".part.json")
    known = _known(part, note, url)
    headers = {"Range": f"bytes={known[0]}-", "If-Range": known[1]} if known else {}
    with answering(url, headers=headers, allowed=allowed, timeout_s=TIMEOUT_S) as answer:
        if answer.status == 416 and known:  # shorter than what was kept: it is another file now
            _forget(part, note)
            raise InputError("the file has changed since it was begun", url, "run it again: it begins anew")
        begin = _begin(answer, known, url)
        whole = _whole(answer, begin, size_limit, url)
        note.write_text(json.dumps({"url": url, "validator": _validator(answer.headers)}), encoding="utf-8")
        done = begin
        with part.open("ab" if begin else "wb") as file:
            for piece in answer.parts:
                done += len(piece)
                if done > size_limit:
                    break
                file.write(piece)
                advance(done, whole)
            file.flush()
            os.fsync(file.fileno())
    if done > size_limit:
        _forget(part, note)
        raise InputError(
            f"more than {size_limit:,} bytes", url, "if it is the right file, raise the limit with --size-limit"
        )
    if whole is not None and done != whole:
        raise InputError(f"cut off after {done:,} of {whole:,} bytes", url, "run it again: it goes on where it stopped")
    return _kept(part, note, target, answer.url, expected, begin)


def _known(part: Path, note: Path, url: str) -> tuple[int, str] | None:
    """Return how much an earlier run fetched, and what tells the server which file that was; None to begin anew."""
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        size = part.stat().st_size
    except (OSError, ValueError):
        return None
    validator = told.get("validator", "") if isinstance(told, dict) and told.get("url") == url else ""
    return (size, validator) if size and validator else None


def _validator(headers: Mapping[str, str]) -> str:
    """Return the header that proves a file to be the same: a strong ETag, else its last change (RFC 9110, 13.1.5)."""
    etag = headers.get("etag", "")
    return etag if etag.startswith('"') else headers.get("last-modified", "")


def _begin(answer: Answer, known: tuple[int, str] | None, url: str) -> int:
    """Return the byte at which the answer begins; raises InputError for one that is an error."""
    if answer.status == 206 and known:
        match = re.match(r"bytes (\d+)-", answer.headers.get("content-range", ""))
        if match and int(match[1]) == known[0]:
            return known[0]
        raise InputError("the server sent another part than the one asked for", url, "run it again")
    if answer.status == 200:
        return 0
    if answer.status in (401, 402, 403, 407, 429, 451):
        mend = "download it in a browser, and give the file: counterfoil data add FILE --like ID"
        raise InputError(f"the server keeps the file from us (status {answer.status})", url, mend)
    mend = "look for the file's new address on the publisher's page, and give it with --url"
    raise InputError(f"the server answered with status {answer.status}", url, mend)


def _whole(answer: Answer, begin: int, size_limit: int, url: str) -> int | None:
    """Return the size of the whole file, where the server tells; raises InputError for one that is too large."""
    if answer.headers.get("content-encoding", "identity").lower() not in ("identity", ""):
        raise InputError("the server packed the file on the way", url, "download it in a browser, and give the file")
    length = answer.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 18):
        return None
    whole = begin + int(length)
    if whole > size_limit:
        mend = "if it is the right file, raise the limit with --size-limit"
        raise InputError(f"{whole:,} bytes, where {size_limit:,} are the most", url, mend)
    return whole


def _kept(part: Path, note: Path, target: Path, url: str, expected: str, resumed: int) -> Pulled:
    """Give a whole download its name, if its digest is the one expected."""
    digest, size = sha256(), 0
    with part.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    if not size:
        _forget(part, note)
        raise InputError("the server sent nothing", url, "try again later")
    if expected and digest.hexdigest() != expected.lower():
        _forget(part, note)
        raise DatasetError(
            f"changed: its sha256 is {digest.hexdigest()}, not {expected}",
            url,
            "see on the publisher's page whether there is a new version; take this one with --sha256 and its digest",
        )
    os.replace(part, target)
    note.unlink(missing_ok=True)
    return Pulled(target, url, digest.hexdigest(), size, resumed)


def _forget(part: Path, note: Path) -> None:
    for one in (part, note):
        with suppress(OSError):
            one.unlink()
