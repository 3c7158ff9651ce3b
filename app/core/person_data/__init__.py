"""What the house keeps of one person, in every table: taken along by them, erased, or put together from two records."""
