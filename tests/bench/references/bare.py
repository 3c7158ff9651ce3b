"""Flask with one route and nothing else."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def first_page() -> str:
    """Answer."""
    return "ok"
