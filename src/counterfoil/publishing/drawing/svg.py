"""Elements of SVG as text. Every word is escaped; every number is finite and short."""

import math

from markupsafe import Markup, escape

from counterfoil.publishing.wording import inert

_CHARACTER = 6.1  # pixels, mean width of a letter at 12 pixels in Helvetica and its metric twins (measured)

# Hatches that the drawings of a page share; it holds them once.
PATTERNS = Markup(
    '<svg class="patterns" aria-hidden="true" width="0" height="0"><defs>'
    '<pattern id="hatch-later" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="tint" width="7" height="7"/><path class="stripe" d="M0 0V7"/></pattern>'
    '<pattern id="hatch-earlier" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect class="tint" width="8" height="8"/><circle class="spot" cx="4" cy="4" r="1.1"/></pattern>'
    '<pattern id="hatch-gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
    '<path class="gap" d="M0 0V6"/></pattern>'
    '<pattern id="hatch-fall" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<path class="falling" d="M0 3.5H4"/></pattern>'
    "</defs></svg>"
)


def number(value: float) -> str:
    """Return `value` with two decimals at most, as SVG takes it."""
    assert math.isfinite(value)
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def percent(share: float) -> str:
    """Return a position across the drawing, 0 to 1, kept within it."""
    return f"{number(100 * min(1.0, max(0.0, share)))}%"


def words(text: str) -> Markup:
    """Return words of anybody as the content of an element or attribute: one line, escaped, inert."""
    return escape(inert(text))


def text(x: str, y: float, content: str, name: str = "", anchor: str = "") -> Markup:
    """Return words at a place; `name` is a class, `anchor` "middle" or "end"."""
    more = (f' class="{name}"' if name else "") + (f' text-anchor="{anchor}"' if anchor else "")
    return Markup(f'<text x="{x}" y="{number(y)}"{more}>{words(content)}</text>')


def width_of(content: str) -> float:
    """Return about how many pixels words take at 12 pixels."""
    return len(content) * _CHARACTER


def wrapped(content: str, width: float, most: int) -> tuple[str, ...]:
    """Return words in at most `most` lines of `width` pixels; what does not fit ends in an ellipsis."""
    room = max(3, int(width / _CHARACTER))
    lines: list[str] = []
    left = inert(content).split()
    while left:
        line = left.pop(0)
        while left and len(line) + 1 + len(left[0]) <= room:
            line += " " + left.pop(0)
        if len(lines) == most - 1 and left:
            line = f"{line} {' '.join(left)}"
            left = []
        lines.append(line if len(line) <= room + 1 else line[:room] + "…")
    return tuple(lines) or ("",)
