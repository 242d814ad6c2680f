"""Bytes to documents: articles with their final text and where it came from. The verb is `load`."""

from counterfoil.documents.model import Dated, Document
from counterfoil.documents.sources import MEDIA_TYPES, Options, from_text, load

__all__ = ["MEDIA_TYPES", "Dated", "Document", "Options", "from_text", "load"]
