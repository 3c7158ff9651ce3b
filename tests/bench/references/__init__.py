"""The programs that the product is measured beside: each does the least work that could answer the request."""
