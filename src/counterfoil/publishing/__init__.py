"""Reports of one article: JSON that comes back whole, a table for the terminal, a page that stands alone."""

from counterfoil.publishing.explaining import explain
from counterfoil.publishing.json import from_json, to_json
from counterfoil.publishing.ledger_table import terminal
from counterfoil.publishing.page import page

__all__ = ["explain", "from_json", "page", "terminal", "to_json"]
