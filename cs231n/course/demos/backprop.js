// The graph of the backprop demo, the curve below it, and inputs that a hand drags.
// What it shares with the other demos stands in canvas.js.

const NOTCH_WIDTH = 6; // CSS pixels to the side that move an input by a notch
const HANDLE = [1.3, 0.8]; // width and height of where an input can be grabbed, in units
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };
const TURNS = { ArrowDown: 1, ArrowUp: -1 };
const LABEL =
  "Graph of gates, with a value and a gradient on each wire. The up and down arrow keys choose " +
  "an input, the left and right ones move it.";
// Of each kind of text: how far from its place it stands, and which side of it.
const SIDES = {
  value: [-0.07, "bottom"],
  gradient: [0.07, "top"],
  share: [0, "middle"],
  ink: [0.12, "top"],
};

function paintLine(context, points, colour, width) {
  context.beginPath();
  points.forEach(([x, y]) => context.lineTo(x, y));
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

function paintDot(context, x, y, radius, colour) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

// A text at its place: [x, y, text, kind]; on a wire it gets a ground of its own.
function paintText(context, unit, [x, y, text, kind], colours) {
  const [away, baseline] = SIDES[kind];
  const place = [x * unit, (y + away) * unit];
  context.font = `${(kind === "share" ? 0.2 : 0.23) * unit}px sans-serif`;
  context.textBaseline = baseline;
  if (kind === "share") {
    const half = context.measureText(text).width / 2 + 2;
    context.fillStyle = colours.paper;
    context.fillRect(place[0] - half, place[1] - 0.12 * unit, 2 * half, 0.24 * unit);
  }
  context.fillStyle = { value: colours.value, ink: colours.ink }[kind] ?? colours.gradient;
  context.fillText(text, ...place);
}

function paintSheet(context, unit, sheet, colours) {
  const scaled = (points) => points.map(([x, y]) => [x * unit, y * unit]);
  sheet.wires.forEach((wire) => paintLine(context, scaled(wire), colours.line, 1.3));
  scaled(sheet.forks).forEach(([x, y]) => paintDot(context, x, y, 3.5, colours.line));
  const [width, height] = [sheet.box * unit, 0.5 * unit];
  sheet.boxes.forEach(([x, y, text]) => {
    if (text === "") return;
    const corner = [x * unit - width / 2, y * unit - height / 2];
    context.fillStyle = colours.box;
    context.fillRect(...corner, width, height);
    context.lineWidth = 1;
    context.strokeStyle = colours.ink;
    context.strokeRect(...corner, width, height);
    context.font = `${0.27 * unit}px sans-serif`;
    context.textBaseline = "middle";
    context.fillStyle = colours.ink;
    context.fillText(text, x * unit, y * unit);
  });
  sheet.labels.forEach((label) => paintText(context, unit, label, colours));
}

function paintPanel(context, unit, panel, colours) {
  const of = { curve: colours.value, tangent: colours.gradient, here: colours.ink };
  panel.lines.forEach(([points, kind]) => {
    const scaled = points.map(([x, y]) => [x * unit, y * unit]);
    paintLine(context, scaled, of[kind] ?? colours.line, kind === "axis" ? 1 : 2);
  });
  panel.dots.forEach(([x, y, kind]) => paintDot(context, x * unit, y * unit, 5, of[kind]));
  panel.texts.forEach((text) => paintText(context, unit, [...text, "ink"], colours));
}

function render({ model, el }) {
  const [columns, size, notch] = ["columns", "unit", "notch"].map((name) => model.get(name));
  let drag = null; // of an input in the hand: its name, where it was grabbed, its value then
  let asked = false; // is the kernel at work on a request?
  let unsaid = null; // what to request next

  function paint(context) {
    const { clientWidth, clientHeight } = context.canvas;
    const [unit, colours] = [clientWidth / columns, model.get("colours")];
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, clientWidth, clientHeight);
    context.textAlign = "center";
    const [x, y] = model.get("handles")[model.get("chosen")];
    context.fillStyle = colours.value;
    context.globalAlpha = 0.12;
    const [width, height] = HANDLE.map((length) => length * unit);
    context.fillRect(x * unit - width / 2, y * unit - height / 2, width, height);
    context.globalAlpha = 1;
    paintSheet(context, unit, model.get("sheet"), colours);
    paintPanel(context, unit, model.get("panel"), colours);
    context.canvas.dataset.frame = model.get("frame");
  }

  const { canvas, drawSoon, end } = showCanvas({
    el,
    className: "cs231n-backprop-canvas",
    label: LABEL,
    width: columns * size,
    height: model.get("rows") * size,
    paint,
  });

  // One question at a time: a slow kernel skips values, and does not fall behind.
  function ask() {
    if (asked || unsaid === null) return;
    asked = true;
    model.send(unsaid);
    unsaid = null;
  }

  function request(content) {
    unsaid = content;
    ask();
  }

  function onAnswer() {
    asked = false;
    canvas.style.aspectRatio = columns / model.get("rows"); // another graph is higher or lower
    drawSoon();
    ask();
  }

  // The name of the input under the pointer, if any.
  function under(event) {
    const unit = canvas.clientWidth / columns;
    return Object.entries(model.get("handles")).find(
      ([, [x, y]]) =>
        Math.abs(event.offsetX / unit - x) < HANDLE[0] / 2 &&
        Math.abs(event.offsetY / unit - y) < HANDLE[1] / 2
    )?.[0];
  }

  function onPointerDown(event) {
    const name = under(event);
    if (!name || !event.isPrimary || event.button !== 0) return;
    asked = false; // An answer that never came, from a kernel that was restarted, ends here.
    drag = { name, from: event.offsetX, value: model.get("handles")[name][2] };
    request({ choose: name });
    canvas.setPointerCapture(event.pointerId);
  }

  function onPointerMove(event) {
    canvas.style.cursor = drag || under(event) ? "ew-resize" : "default";
    if (!drag) return;
    const notches = Math.round((event.offsetX - drag.from) / NOTCH_WIDTH);
    request({ move: [drag.name, drag.value + notches * notch] });
  }

  function onPointerEnd() {
    drag = null;
  }

  function onKeyDown(event) {
    const names = Object.keys(model.get("handles"));
    const chosen = model.get("chosen");
    if (event.key in STEPS) {
      const value = model.get("handles")[chosen][2] + STEPS[event.key] * notch;
      request({ move: [chosen, value] });
    } else if (event.key in TURNS) {
      const index = names.indexOf(chosen) + TURNS[event.key] + names.length;
      request({ choose: names[index % names.length] });
    } else {
      return;
    }
    event.preventDefault();
  }

  canvas.addEventListener("pointerdown", onPointerDown);
  canvas.addEventListener("pointermove", onPointerMove);
  canvas.addEventListener("lostpointercapture", onPointerEnd);
  canvas.addEventListener("keydown", onKeyDown);
  // A finger that holds an input moves the input; elsewhere it may scroll the page.
  canvas.addEventListener("touchstart", (event) => drag && event.preventDefault());
  model.on("change:frame", onAnswer);

  return () => {
    model.off("change:frame", onAnswer);
    end();
  };
}

export default { render };
