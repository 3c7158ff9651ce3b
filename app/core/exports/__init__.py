"""Tables that leave the house as files: what a table is, and how it becomes CSV, XLSX or PDF."""
