"""Count the lexicon of `counterfoil.reading.words` from CoNLL-U files of the GUM corpus.

    python tools/lexicon.py FOLDER            count all documents, write the lexicon
    python tools/lexicon.py FOLDER --check    count four fifths, print accuracy on the rest, write nothing

Annotations of GUM: CC BY 4.0 (https://gucorpling.org/gum/). Only counts of words and tags are kept.
"""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from counterfoil.reading import words

TARGET = Path(words.__file__).parent / "lexicon" / "words.tsv"
HEAD = """\
# Words and their parts of speech, counted from the GUM corpus (annotations CC BY 4.0, https://gucorpling.org/gum/)
# by tools/lexicon.py. w: word, e: ending, a: tag before. Numbers are natural logarithms of shares.
"""
MERGED = {"NNPS": "NNP", "``": '"', "''": '"', "HYPH": "-", "-LRB-": "(", "-RRB-": ")"}


def sentences(paths: Iterable[Path]) -> Iterable[list[tuple[str, str]]]:
    """Yield each sentence as (word, tag) pairs."""
    for path in paths:
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            rows = [line.split("\t") for line in block.splitlines() if line and line[0] != "#"]
            pairs = [
                (row[1], "TO" if row[1].lower() == "to" else MERGED.get(row[4], row[4]))
                for row in rows
                if row[0].isdigit()
            ]
            if pairs:
                yield pairs


def scores(counts: Counter[str], floor: float) -> list[tuple[str, float]]:
    """Return (tag, log share), the most frequent first; tags with less than the floor's share are noise."""
    total = sum(counts.values())
    return [(t, round(math.log(n / total), 2)) for t, n in counts.most_common() if n / total >= floor]


def count(paths: Iterable[Path]) -> str:
    """Return the lexicon's text."""
    word_tags: dict[str, Counter[str]] = defaultdict(Counter)
    ending_tags: dict[str, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    overall: Counter[str] = Counter()
    for pairs in sentences(paths):
        before = "."
        for i, (word, tag) in enumerate(pairs):
            after[before][tag] += 1
            overall[tag] += 1
            before = tag
            if word[0].isalpha():
                if tag != "NNP" or i == 0:
                    word_tags[word.lower()][tag] += 1
                if tag not in ("NNP", "CD"):
                    for length in (4, 3, 2, 1):
                        if len(word) > length + 1 and tag not in words.CLOSED:
                            ending_tags[word.lower()[-length:]][tag] += 1
    total = sum(overall.values())
    lines = []
    for word in sorted(word_tags):
        found = scores(word_tags[word], 0.02)
        if len(found) == 1:
            lines.append(f"w\t{word}\t{found[0][0]}")
        else:
            # Divided by the tag's own share: the tag before already speaks for how frequent it is.
            lines.append("\t".join(["w", word, *(f"{t}={s - math.log(overall[t] / total):.2f}" for t, s in found)]))
    for ending in sorted(ending_tags):
        if sum(ending_tags[ending].values()) >= 5:
            found = scores(ending_tags[ending], 0.05)
            pairs_ = [f"{t}={s - math.log(overall[t] / total):.2f}" for t, s in found]
            lines.append("\t".join(["e", ending, *pairs_]))
    for before in sorted(after):
        lines.append("\t".join(["a", before, *(f"{t}={s}" for t, s in scores(after[before], 0.0005))]))
    return HEAD + "\n".join(lines) + "\n"


def accuracy(paths: Iterable[Path]) -> tuple[int, int, Counter[tuple[str, str]]]:
    """Compare tags word by word where both sides cut the text alike."""
    right = total = 0
    wrong: Counter[tuple[str, str]] = Counter()
    for pairs in sentences(paths):
        text = " ".join(word for word, _ in pairs)
        found = words.tag(text)
        by_start = dict(zip(found.starts, zip(found.ends, found.tags, strict=True), strict=True))
        at = 0
        for word, tag in pairs:
            end, seen = by_start.get(at, (0, ""))
            if end == at + len(word) and word[0].isalpha():
                total += 1
                right += seen == tag
                if seen != tag:
                    wrong[(tag, seen)] += 1
            at += len(word) + 1
    return right, total, wrong


def main(argv: list[str]) -> None:
    """Write the lexicon, or check it."""
    paths = sorted(Path(argv[0]).glob("*.conllu"))
    if "--check" in argv:
        held = paths[::5]
        kept = TARGET.read_text(encoding="utf-8") if TARGET.exists() else None
        try:
            TARGET.write_text(count([p for p in paths if p not in held]), encoding="utf-8")
            right, total, wrong = accuracy(held)
        finally:
            if kept is not None:
                TARGET.write_text(kept, encoding="utf-8")
        print(f"{right}/{total} = {100 * right / total:.1f}% on {len(held)} documents that were not counted")
        for (tag, seen), n in wrong.most_common(12):
            print(f"  {tag} taken for {seen}: {n}")
    else:
        TARGET.write_text(count(paths), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
