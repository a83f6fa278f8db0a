"""Values in the terminal, in tables and sentences."""
