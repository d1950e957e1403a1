"""Runs every benchmark: `python -m benchmarks`."""

from benchmarks import knn, loading, verdict

for benchmark in (loading, knn, verdict):
    benchmark.main()
    print()
