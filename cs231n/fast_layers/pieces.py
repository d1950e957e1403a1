"""A batch in pieces: so small that one stays in a processor's cache, and spread over the cores."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor

from cs231n.course.threads import cores_for_a_batch

# A piece is so many images (one at least) that what is made of them takes about this many bytes.
PIECE_BYTES = 2 * 2**20


def pieces_of(N, image_bytes):
    """Slices that cover N images, where one takes so many bytes to work on.

    They are the same on every machine, and so are sums that are formed piece by piece.
    """
    images = max(1, PIECE_BYTES // max(1, image_bytes))
    return [slice(start, min(start + images, N)) for start in range(0, N, images)]


def spread(work, pieces):
    """[work(piece) for piece in pieces], by a thread for each core that a batch may take.

    No thread outlives the call, so a process may fork at any time. Where none can be started, as
    in a browser, this one does it all.
    """
    results = [None] * len(pieces)
    waiting = deque(enumerate(pieces))

    def take_pieces():
        while waiting:
            try:
                place, piece = waiting.popleft()
            except IndexError:  # the last one went to another thread meanwhile
                return
            results[place] = work(piece)

    cores = min(cores_for_a_batch(), len(pieces))
    if cores < 2:
        take_pieces()
        return results
    with ThreadPoolExecutor(cores) as threads:
        others = []
        try:
            for _ in range(cores - 1):
                others.append(threads.submit(take_pieces))
        except RuntimeError:  # no thread can be started
            pass
        take_pieces()
    for other in others:
        other.result()  # raises what was raised there
    return results
