"""The further cases of the classifiers."""
