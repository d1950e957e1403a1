// The numbers of the convolution demo, the pace of its steps, and how to go to one of them.
// What it shares with the other demos stands in canvas.js.

const PACE = 700; // milliseconds from one step to the next, or more if the kernel is busy
const TURNS = { ArrowRight: 1, ArrowLeft: -1 };
const LABEL =
  "Sliding window of a convolution. The left and right arrow keys go back and on by a step.";

function isPadding({ texts, pad }, row, column) {
  const [height, width] = [texts.length, texts[0].length];
  return Math.min(row, column, height - 1 - row, width - 1 - column) < pad;
}

// Draws a grid in cells of `unit` pixels.
function paintGrid(context, unit, grid, [ink, paper, faintInk, faintPaper, line]) {
  const write = (text, x, y, colour) => {
    context.fillStyle = colour;
    context.fillText(text, x * unit, y * unit);
  };
  write(grid.title, grid.left + grid.texts[0].length / 2, grid.top - 0.5, ink);
  context.lineWidth = 1;
  context.strokeStyle = line;
  grid.texts.forEach((texts, row) => {
    texts.forEach((text, column) => {
      const [x, y] = [grid.left + column, grid.top + row];
      const faint = isPadding(grid, row, column);
      context.fillStyle = faint ? faintPaper : paper;
      context.fillRect(x * unit, y * unit, unit, unit);
      context.strokeRect(x * unit, y * unit, unit, unit);
      write(text, x + 0.5, y + 0.54, faint ? faintInk : ink);
    });
  });
  if (grid.outlined.length > 0) paintOutline(context, unit, grid);
}

function paintOutline(context, unit, { left, top, outlined, colour }) {
  const [row, column, height, width] = outlined;
  const box = [left + column, top + row, width, height].map((length) => length * unit);
  context.globalAlpha = 0.15;
  context.fillStyle = colour;
  context.fillRect(...box);
  context.globalAlpha = 1;
  context.lineWidth = 2.5;
  context.strokeStyle = colour;
  context.strokeRect(...box);
}

function render({ model, el }) {
  const [columns, rows, cell] = ["columns", "rows", "cell"].map((name) => model.get(name));

  function paint(context) {
    const { clientWidth, clientHeight } = context.canvas;
    const unit = clientWidth / columns;
    const colours = model.get("colours");
    context.fillStyle = "white";
    context.fillRect(0, 0, clientWidth, clientHeight);
    context.font = `${0.58 * unit}px sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    model.get("grids").forEach((grid) => paintGrid(context, unit, grid, colours));
  }

  const { canvas, drawSoon, end } = showCanvas({
    el,
    className: "cs231n-convolution-canvas",
    label: LABEL,
    width: columns * cell,
    height: rows * cell,
    paint,
  });

  // The step of the output's cell under the pointer, or -1.
  function under(event) {
    const unit = canvas.clientWidth / columns;
    for (const { left, top, texts, first_step: first } of model.get("grids")) {
      const row = Math.floor(event.offsetY / unit - top);
      const column = Math.floor(event.offsetX / unit - left);
      if (first >= 0 && texts[row]?.[column] !== undefined) {
        return first + row * texts[0].length + column;
      }
    }
    return -1;
  }

  function onPointerMove(event) {
    canvas.style.cursor = under(event) < 0 ? "default" : "pointer";
  }

  function onClick(event) {
    const step = under(event);
    if (step >= 0) model.send({ go: step });
  }

  function onKeyDown(event) {
    if (!(event.key in TURNS)) return;
    model.send({ by: TURNS[event.key] });
    event.preventDefault();
  }

  canvas.addEventListener("pointermove", onPointerMove);
  canvas.addEventListener("click", onClick);
  canvas.addEventListener("keydown", onKeyDown);
  model.on("change:frame", drawSoon);
  const endPace = keepPace({ model, pace: PACE, request: () => model.send({ play: true }) });

  return () => {
    model.off("change:frame", drawSoon);
    endPace();
    end();
  };
}

export default { render };
