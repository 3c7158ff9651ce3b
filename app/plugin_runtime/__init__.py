"""Finds plugins, holds them to their contract, and stands between them and everyone: the gate, the bus, the order."""
