"""Pictures drawn by code for the notebooks."""
