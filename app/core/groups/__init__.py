"""Groups: the chapter or club, who belongs to it and since when, who holds which office, what is switched on."""
