"""What stands behind solver.py: what it asks of a model and data, and what files hold."""
