"""The response surface: what data answer under every way of asking, with uncertainty. Pure arithmetic on arrays."""
