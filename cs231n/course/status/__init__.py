"""Which exercises are done, wrong, or still to do: runs the notebooks' check cells."""
