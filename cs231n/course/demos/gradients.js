// The picture of the gradients' demo: pixels and cells, one cell under the glass, and its bars.
// What it shares with the other demos stands in canvas.js.

const WHOLE = 384; // side of the picture, in CSS pixels where the page is wide enough
const GLASS = 240; // side of the cell that is shown large
const [GAP, BARS, LETTERS] = [24, 108, 18]; // between the parts; heights of bars and numbers
const LABEL =
  "A picture in cells of 8 by 8 pixels. The arrow keys choose a cell; its gradients and their " +
  "histogram are shown beside it.";

// Draws rows of colours as squares of `unit` pixels.
function paintPixels(context, colours, left, top, unit) {
  colours.forEach((row, i) => {
    row.forEach((colour, j) => {
      context.fillStyle = colour;
      // A little larger than a pixel, so that no light falls between two.
      context.fillRect(left + j * unit, top + i * unit, unit + 0.5, unit + 0.5);
    });
  });
}

function paintCells(context, model, unit) {
  const [pixels, cell, [row, column]] = ["pixels", "cell", "chosen"].map((k) => model.get(k));
  const side = cell * unit;
  context.strokeStyle = "rgba(255, 255, 255, 0.45)";
  context.lineWidth = 1;
  for (let i = 0; i + cell <= pixels.length; i += cell) {
    for (let j = 0; j + cell <= pixels[0].length; j += cell) {
      context.strokeRect(j * unit, i * unit, side, side);
    }
  }
  for (const [colour, width] of [["black", 5], ["white", 2.5]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.strokeRect(column * side, row * side, side, side);
  }
}

function paintArrow(context, [x, y, dx, dy], colour, unit) {
  const length = Math.hypot(dx, dy) * unit;
  context.save();
  context.translate(x * unit, y * unit);
  context.rotate(Math.atan2(dy, dx));
  const head = Math.min(7, length / 2);
  for (const [ink, width] of [["white", 4], [colour, 2]]) {
    context.strokeStyle = ink;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(-length / 2, 0);
    context.lineTo(length / 2, 0);
    context.lineTo(length / 2 - head, -head / 2);
    context.moveTo(length / 2, 0);
    context.lineTo(length / 2 - head, head / 2);
    context.stroke();
  }
  context.restore();
}

function paintBars(context, bars, wheel, width, height) {
  const each = width / bars.length;
  bars.forEach((share, index) => {
    context.fillStyle = wheel[index];
    context.fillRect(index * each + 1, height * (1 - share), each - 2, height * share);
  });
  context.fillStyle = "#1F1F1F";
  context.fillRect(0, height, width, 1);
  context.font = "11px sans-serif";
  context.textAlign = "center";
  context.textBaseline = "top";
  for (let index = 0; index <= bars.length; index += 3) {
    const inside = Math.min(Math.max(index * each, 10), width - 12);
    context.fillText(`${20 * index}°`, inside, height + 4);
  }
}

function render({ model, el }) {
  const width = WHOLE + GAP + GLASS;
  const height = WHOLE;

  // How much smaller the page has made it.
  function scaleOf(canvas) {
    return canvas.clientWidth / width;
  }

  function unitOf() {
    const pixels = model.get("pixels");
    return WHOLE / Math.max(pixels.length, pixels[0].length);
  }

  function paint(context) {
    const { clientWidth, clientHeight } = context.canvas;
    const [pixels, cell, [row, column]] = ["pixels", "cell", "chosen"].map((k) => model.get(k));
    context.fillStyle = "white";
    context.fillRect(0, 0, clientWidth, clientHeight);
    context.save();
    context.scale(scaleOf(context.canvas), scaleOf(context.canvas));
    paintPixels(context, pixels, 0, 0, unitOf());
    paintCells(context, model, unitOf());
    context.translate(WHOLE + GAP, 0);
    const seen = pixels
      .slice(row * cell, (row + 1) * cell)
      .map((line) => line.slice(column * cell, (column + 1) * cell));
    paintPixels(context, seen, 0, 0, GLASS / cell);
    const wheel = model.get("wheel");
    model.get("arrows").forEach((arrow) => {
      paintArrow(context, arrow, wheel[arrow[4]], GLASS / cell);
    });
    context.translate(0, height - LETTERS - BARS);
    paintBars(context, model.get("bars"), wheel, GLASS, BARS);
    context.restore();
    context.canvas.dataset.frame = model.get("frame");
  }

  const { canvas, drawSoon, end } = showCanvas({
    el,
    className: "cs231n-gradients-canvas",
    label: LABEL,
    width,
    height,
    paint,
  });

  let asked = "0,0"; // the cell that was asked for last

  function onPointerMove(event) {
    const side = model.get("cell") * unitOf() * scaleOf(canvas);
    const [row, column] = [event.offsetY, event.offsetX].map((at) => Math.floor(at / side));
    const pixels = model.get("pixels");
    const inside =
      row >= 0 &&
      column >= 0 &&
      (row + 1) * model.get("cell") <= pixels.length &&
      (column + 1) * model.get("cell") <= pixels[0].length;
    if (!inside || asked === `${row},${column}`) return;
    asked = `${row},${column}`;
    model.send({ go: [row, column] });
  }

  function onKeyDown(event) {
    if (!(event.key in ARROWS)) return;
    const [right, up] = ARROWS[event.key];
    model.send({ by: [-up, right] });
    event.preventDefault();
  }

  function onAnswer() {
    asked = model.get("chosen").join(",");
    drawSoon();
  }

  canvas.addEventListener("pointermove", onPointerMove);
  canvas.addEventListener("keydown", onKeyDown);
  model.on("change:frame", onAnswer);
  model.on("change:pixels", drawSoon);

  return () => {
    model.off("change:frame", onAnswer);
    model.off("change:pixels", drawSoon);
    end();
  };
}

export default { render };
