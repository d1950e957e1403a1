"""What stands behind checks.py and the check cells of the notebooks."""
