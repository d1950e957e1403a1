"""The further cases of the layers."""
