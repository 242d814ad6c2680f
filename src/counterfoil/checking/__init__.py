"""Figures against records: what each says, under every way of asking, and a verdict that a desk can defend."""

from counterfoil.checking.datasets.model import Edition
from counterfoil.checking.holdings import open_editions
from counterfoil.checking.judge import check
from counterfoil.checking.pins import parse_pin
from counterfoil.checking.references.tables import Records, load_references, read_tables

__all__ = ["Edition", "Records", "check", "load_references", "open_editions", "parse_pin", "read_tables"]
