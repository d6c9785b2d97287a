"""PDF files: letters and lines by where they stand, to paragraphs, tables and notes."""
