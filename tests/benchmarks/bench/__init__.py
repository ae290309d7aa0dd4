"""What the benchmark is made of: made-up facts, the sites that show them, what measures their builds."""
