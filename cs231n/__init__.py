"""The package that the notebooks call: given code, and the exercises to fill in."""
