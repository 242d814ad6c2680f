"""Drawings of what datasets say, as inline SVG that is written here, shape by shape.

No chart library: its output is ten times as large and as slow to make, and it knows neither hatches, by which grey
print and every eye tell things apart, nor lengths in percent, by which a drawing narrows without its words shrinking.
Positions across are percentages of the drawing's width and everything else is pixels, save in the heat map, whose
cells keep their shape. Colours and dashes are classes of the page's style sheet.
"""

from counterfoil.publishing.drawing import curve, forest, heat
from counterfoil.publishing.drawing.svg import PATTERNS

__all__ = ["PATTERNS", "curve", "forest", "heat"]
