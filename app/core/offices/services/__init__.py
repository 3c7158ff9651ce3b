"""What is done about offices: words that go with them, and offers."""
