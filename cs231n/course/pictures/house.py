"""A picture drawn by code, of things that anyone recognises: to see what filters do to it."""

import numpy as np

SKY, HAZE, GRASS = (90, 150, 230), (215, 230, 250), (80, 150, 60)
WALL, ROOF, DOOR, GLASS, SUN = (
    (225, 205, 170),
    (165, 50, 40),
    (95, 60, 35),
    (70, 90, 120),
    (255, 220, 60),
)
TRUNK, LEAVES, FENCE = (100, 70, 40), (40, 110, 45), (245, 245, 240)


def draw_house(height=96, width=128):
    """A house with a fence and a tree under the sun: uint8 (height, width, 3), 0..255.

    Sizes are shares of height and width, so that any size shows the same picture.
    """
    y, x = np.mgrid[0:height, 0:width]
    y, x = (y + 0.5) / height, (x + 0.5) / width
    near = np.hypot((x - 0.85) * width / height, y - 0.16)
    crown = np.hypot((x - 0.2) * width / height, y - 0.45)
    blend = np.clip(y / 0.7, 0, 1)[..., None]
    picture = (1 - blend) * np.array(SKY) + blend * np.array(HAZE)
    in_yard = (y > 0.78) & (y < 0.93)
    for where, colour in [
        (near < 0.1, SUN),
        (y > 0.7, GRASS),
        ((abs(x - 0.2) < 0.02) & (y > 0.45) & (y < 0.75), TRUNK),
        (crown < 0.2, LEAVES),
        ((abs(x - 0.6) < 0.18) & (y > 0.42) & (y < 0.75), WALL),
        ((y > 0.2) & (y < 0.42) & (abs(x - 0.6) < 0.22 * (y - 0.2) / 0.22), ROOF),
        ((abs(x - 0.6) < 0.035) & (y > 0.55) & (y < 0.75), DOOR),
        ((abs(abs(x - 0.6) - 0.1) < 0.035) & (abs(y - 0.55) < 0.05), GLASS),
        (in_yard & (x * 20 % 1 < 0.4), FENCE),
        (in_yard & (abs(y - 0.84) < 0.015), FENCE),
    ]:
        picture[where] = colour
    return picture.round().astype(np.uint8)
