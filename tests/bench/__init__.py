"""How much work is a request, beside programs that do the least that could answer it? Nothing here is a test."""
