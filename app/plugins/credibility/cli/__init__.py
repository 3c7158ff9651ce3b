"""`flask credibility …`: making records anew, and looking at one, which is noted."""
