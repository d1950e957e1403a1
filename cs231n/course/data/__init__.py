"""What stands behind data_utils.py: where images come from, and how they are held."""
