"""Commands of the ledgers: a module for each, an app that the command line takes in."""
