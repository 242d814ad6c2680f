"""Figures among each other: which say the same, which cannot both be right, and which are not comparable at all."""

from counterfoil.relating.articles import article, relate_all
from counterfoil.relating.relations import relate

__all__ = ["article", "relate", "relate_all"]
