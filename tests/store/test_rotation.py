"""New keys: the old or the new register is whole at every moment, and everybody left opens it."""
