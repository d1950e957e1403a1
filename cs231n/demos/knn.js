// The picture of the kNN demo: coloured regions, and points that can be dragged.
// The kernel computes; this draws what it answers, and asks it to move a point.

const POINT_RADIUS = 6; // This and other lengths are in CSS pixels.
const GRAB_RADIUS = { mouse: 14, pen: 18, touch: 28 };
const FINE = 3; // Cells are drawn finer than the kernel computes them, with smooth borders.
// For each fine pixel along a cell: the weights of the cell before, its own, and the next.
const SPLINE = Array.from({ length: FINE }, (_, pixel) => {
  const t = (pixel + 0.5) / FINE - 0.5;
  return [(0.5 - t) ** 2 / 2, 0.75 - t ** 2, (0.5 + t) ** 2 / 2];
});
const KEY_STEP = 0.01; // of the side of the plane
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const PAGES = { PageDown: 1, PageUp: -1 };
const LABEL =
  "Decision regions of k nearest neighbours. Drag a point, or move it with the arrow keys; " +
  "Page Up and Page Down choose another.";
const STYLE =
  "display: block; width: 440px; max-width: 100%; aspect-ratio: 1; box-sizing: border-box; " +
  "border: 1px solid var(--jp-border-color2, #bdbdbd); border-radius: 3px; user-select: none;";

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

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

function paintPoint(context, x, y, radius, colour) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = "white";
  context.stroke();
}

function render({ model, el }) {
  const canvas = document.createElement("canvas");
  canvas.className = "cs231n-knn-canvas";
  canvas.style.cssText = STYLE;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", LABEL);
  // JupyterLab would take the arrow keys for a step to the next cell.
  canvas.dataset.lmSuppressShortcuts = "true";
  el.append(canvas);

  let regions = null; // the painted regions, until they change
  let chosen = 0; // index of the point that was touched last
  let held = false; // is it in the hand?
  let hand = null; // [x, y] where the hand wants the chosen point, until the kernel knows
  let asked = false; // is the kernel at work on a move?
  let unsaid = false; // has the hand moved on since?

  function points() {
    const known = model.get("points");
    return hand ? known.map((point, index) => (index === chosen ? hand : point)) : known;
  }

  function draw() {
    const scale = window.devicePixelRatio;
    const size = Math.round(canvas.clientWidth * scale);
    if (size === 0) return; // not on the page, or hidden
    if (canvas.width !== size) canvas.width = canvas.height = size;
    regions ??= paintRegions(model);
    const side = canvas.clientWidth;
    const context = canvas.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.imageSmoothingQuality = "high";
    context.drawImage(regions, 0, 0, side, side);
    const labels = model.get("labels");
    const palette = model.get("palette");
    const isMarked = held || document.activeElement === canvas;
    points().forEach(([x, y], index) => {
      const colour = palette[labels[index]][0];
      const place = [x * side, (1 - y) * side];
      if (isMarked && index === chosen) paintPoint(context, ...place, POINT_RADIUS + 5, colour);
      paintPoint(context, ...place, POINT_RADIUS, colour);
    });
    canvas.dataset.frame = model.get("frame");
  }

  let planned = 0;
  function drawSoon() {
    cancelAnimationFrame(planned);
    planned = requestAnimationFrame(draw);
  }

  // One question at a time: a slow kernel skips places, and does not fall behind.
  function ask() {
    if (asked || !unsaid) return;
    asked = true;
    unsaid = false;
    model.send({ move: [chosen, ...hand] });
  }

  function choose(index) {
    asked = false; // An answer that never came, from a kernel that was restarted, ends here.
    ask();
    hand = null;
    chosen = index;
    drawSoon();
  }

  function moveTo(x, y) {
    hand = [clamp(x, 0, 1), clamp(y, 0, 1)];
    unsaid = true;
    ask();
    drawSoon();
  }

  function onAnswer() {
    asked = false;
    if (!held && !unsaid) hand = null;
    ask();
    drawSoon();
  }

  // Index of the point under the pointer, or -1.
  function under(event) {
    const side = canvas.clientWidth;
    const away = points().map(([x, y]) =>
      Math.hypot(x * side - event.offsetX, (1 - y) * side - event.offsetY),
    );
    const least = Math.min(...away);
    return least <= GRAB_RADIUS[event.pointerType] ? away.indexOf(least) : -1;
  }

  function place(event) {
    const side = canvas.clientWidth;
    return [event.offsetX / side, 1 - event.offsetY / side];
  }

  let grip = [0, 0]; // from the pointer to the middle of the point it holds

  function onPointerDown(event) {
    const index = under(event);
    if (index < 0 || !event.isPrimary || event.button !== 0) return;
    choose(index);
    const [x, y] = place(event);
    const [pointX, pointY] = points()[index];
    grip = [pointX - x, pointY - y];
    held = true;
    canvas.style.cursor = "grabbing";
    canvas.setPointerCapture(event.pointerId);
  }

  function onPointerMove(event) {
    if (held) {
      const [x, y] = place(event);
      moveTo(x + grip[0], y + grip[1]);
    } else {
      canvas.style.cursor = under(event) < 0 ? "default" : "grab";
    }
  }

  function onPointerEnd() {
    if (!held) return;
    held = false;
    canvas.style.cursor = "grab";
    if (!asked && !unsaid) hand = null;
    drawSoon();
  }

  function onKeyDown(event) {
    const count = model.get("points").length;
    if (event.key in ARROWS) {
      const [right, up] = ARROWS[event.key];
      const [x, y] = points()[chosen];
      moveTo(x + right * KEY_STEP, y + up * KEY_STEP);
    } else if (event.key in PAGES) {
      choose((chosen + PAGES[event.key] + count) % count);
    } else {
      return;
    }
    event.preventDefault();
  }

  function onRegions() {
    regions = null;
  }

  function onPoints() {
    if (chosen >= model.get("points").length) chosen = 0;
  }

  const answers = {
    "change:regions": onRegions,
    "change:points": onPoints,
    "change:frame": onAnswer,
  };
  for (const [name, handle] of Object.entries(answers)) model.on(name, handle);
  canvas.addEventListener("pointerdown", onPointerDown);
  canvas.addEventListener("pointermove", onPointerMove);
  canvas.addEventListener("lostpointercapture", onPointerEnd);
  canvas.addEventListener("keydown", onKeyDown);
  canvas.addEventListener("focus", drawSoon);
  canvas.addEventListener("blur", drawSoon);
  // A finger that holds a point moves the point; elsewhere it may scroll the page.
  canvas.addEventListener("touchstart", (event) => held && event.preventDefault());
  const sized = new ResizeObserver(drawSoon);
  sized.observe(canvas);

  return () => {
    for (const [name, handle] of Object.entries(answers)) model.off(name, handle);
    sized.disconnect();
    cancelAnimationFrame(planned);
  };
}

export default { render };
