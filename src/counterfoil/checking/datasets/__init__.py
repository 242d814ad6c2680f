"""Described datasets: catalogue, importers, and the warehouse that keeps their editions."""
