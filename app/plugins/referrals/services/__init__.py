"""What members do with slips and thank-yous: each use case on one screen, one commit each."""
