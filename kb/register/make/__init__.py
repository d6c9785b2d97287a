"""How the tables that are made by program are made from a folder of collected facts."""
