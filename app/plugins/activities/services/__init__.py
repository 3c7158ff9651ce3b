"""What members and offices do with one-to-ones and learning units: each use case on one page, one commit each."""
