// The regions of the kNN demo, which the kernel sends as the class of each cell.
// What it shares with the other demos stands in canvas.js.

const FINE = 3; // Cells are drawn finer than the kernel computes them, with smooth borders.
// For each fine pixel along a cell: the weights of the cell before, its own, and the next.
const SPLINE = Array.from({ length: FINE }, (_, pixel) => {
  const t = (pixel + 0.5) / FINE - 0.5;
  return [(0.5 - t) ** 2 / 2, 0.75 - t ** 2, (0.5 + t) ** 2 / 2];
});
const LABEL = "Decision regions of k nearest neighbours.";

function rgb(hex) {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}

// Which cells differ from one of their eight neighbours.
function findBorders(classes, width, height) {
  const border = new Uint8Array(classes.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = classes[y * width + x];
      for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, height - 1); v++) {
        for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, width - 1); u++) {
          if (classes[v * width + u] !== here) border[y * width + x] = 1;
        }
      }
    }
  }
  return border;
}

// A colour as the bytes red, green, blue and opaque in one number.
function pack(red, green, blue) {
  return (255 << 24) | (blue << 16) | (green << 8) | red;
}

// The colour where classes have these weights. A high power lets the heaviest one win but
// for a hair's breadth, so that borders come out as smooth lines.
function blend(weights, colours) {
  let [total, red, green, blue] = [0, 0, 0, 0];
  for (let index = 0; index < weights.length; index++) {
    const share = weights[index] ** 8;
    total += share;
    red += share * colours[index][0];
    green += share * colours[index][1];
    blue += share * colours[index][2];
  }
  return pack(red / total, green / total, blue / total);
}

// The regions as an image with FINE x FINE pixels for each cell.
function paintRegions(model) {
  const width = model.get("width");
  const height = model.get("height");
  const palette = model.get("palette").map(([, region]) => region);
  const colours = [...palette, model.get("tie_colour")].map(rgb);
  const plain = colours.map((colour) => pack(...colour));
  const view = model.get("regions");
  const classes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).map((index) =>
    Math.min(index, palette.length),
  );
  const border = findBorders(classes, width, height);
  const weights = new Float64Array(colours.length);

  function blendNear(row, column, down, along) {
    weights.fill(0);
    for (let j = 0; j < 3; j++) {
      const start = clamp(row + j - 1, 0, height - 1) * width;
      for (let i = 0; i < 3; i++) {
        const cell = start + clamp(column + i - 1, 0, width - 1);
        weights[classes[cell]] += down[j] * along[i];
      }
    }
    return blend(weights, colours);
  }

  const image = new ImageData(FINE * width, FINE * height);
  const pixels = new Uint32Array(image.data.buffer);
  let at = 0;
  for (let y = 0; y < image.height; y++) {
    const row = Math.floor(y / FINE);
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      for (let x = 0; x < FINE; x++) {
        pixels[at++] = border[cell]
          ? blendNear(row, column, SPLINE[y % FINE], SPLINE[x])
          : plain[classes[cell]];
      }
    }
  }
  const picture = new OffscreenCanvas(image.width, image.height);
  picture.getContext("2d").putImageData(image, 0, 0);
  return picture;
}

function render({ model, el }) {
  let regions = null; // the painted regions, until they change

  function paint(context) {
    regions ??= paintRegions(model);
    const side = context.canvas.clientWidth;
    context.imageSmoothingQuality = "high";
    context.drawImage(regions, 0, 0, side, side);
  }

  function onRegions() {
    regions = null;
  }

  model.on("change:regions", onRegions);
  const plane = showPlane({
    model,
    el,
    paint,
    className: "cs231n-knn-canvas",
    label: LABEL,
    radius: 6,
  });

  return () => {
    model.off("change:regions", onRegions);
    plane.end();
  };
}

export default { render };
