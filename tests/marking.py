"""Texts with spans written as a reader sees them: "The ⟦ministry⟧ said ⟦1,204 people⟧ fled"."""

from counterfoil.spans import Span


def marked(words: str) -> tuple[str, list[Span]]:
    """Return the text without its marks, and the marked spans in the order in which they open; marks may nest.

    >>> marked("a ⟦b ⟦c⟧⟧ d")
    ('a b c d', [Span(start=2, end=5), Span(start=4, end=5)])
    """
    text: list[str] = []
    opened: list[int] = []
    spans: list[tuple[int, int]] = []
    for character in words:
        if character == "⟦":
            opened.append(len(spans))
            spans.append((len(text), -1))
        elif character == "⟧":
            nth = opened.pop()
            spans[nth] = (spans[nth][0], len(text))
        else:
            text.append(character)
    assert not opened, f"unbalanced marks: {words}"
    return "".join(text), [Span(*span) for span in spans]
