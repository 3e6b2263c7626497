"""What things are: frozen types without I/O."""
