"""Runs every benchmark: `python -m benchmarks`."""

from benchmarks import convolution, knn, loading, verdict

for benchmark in (loading, knn, convolution, verdict):
    benchmark.main()
    print()
