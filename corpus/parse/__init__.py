"""From text to structure: each parser is a pure function of the text it is given."""
