"""Tools of the edge, for core pages and plugins alike: the page in hand, forms, answers, headers. Knows no plugin."""
