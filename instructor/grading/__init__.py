"""Grading submissions: how they are read, run, judged and told of."""
