"""Giving first: asks beside ways to help, introductions that both agree to, contributions, thank-yous, testimonials."""
