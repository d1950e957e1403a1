"""Speed and memory beside peers, as ratios of one run: `make bench`."""
