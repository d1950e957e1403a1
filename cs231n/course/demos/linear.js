// The regions and lines of the linear-classification demo, and the pace of its training.
// What it shares with the other demos stands in canvas.js.

const PACE = 50; // milliseconds from one step to the next, or more if the kernel is busy
const ARROW = { length: 26, head: 8 };
const LABEL = "Regions and zero-score lines of a linear classifier.";

function paintRegion(context, corners, colour) {
  context.beginPath();
  for (const corner of corners) context.lineTo(...corner);
  context.closePath();
  context.fillStyle = colour;
  context.strokeStyle = colour; // so that no gap shows between neighbours
  context.lineWidth = 0.5;
  context.fill();
  context.stroke();
}

// Strokes a path twice, the first time wider and in white, so that it stands out anywhere.
function strokeWithHalo(context, path, colour) {
  for (const [style, width] of [
    ["rgba(255, 255, 255, 0.7)", 4.5],
    [colour, 2],
  ]) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.stroke(path);
  }
}

// A line from start to end, with an arrow from its middle in the direction of ascent.
function paintLine(context, start, end, [right, up], colour) {
  const [x, y] = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2];
  const tip = [x + ARROW.length * right, y - ARROW.length * up];
  const back = Math.atan2(up, -right); // from the tip to the line
  const path = new Path2D();
  path.moveTo(...start);
  path.lineTo(...end);
  path.moveTo(x, y);
  path.lineTo(...tip);
  for (const turn of [-0.5, 0.5]) {
    path.moveTo(...tip);
    path.lineTo(
      tip[0] + ARROW.head * Math.cos(back + turn),
      tip[1] + ARROW.head * Math.sin(back + turn),
    );
  }
  strokeWithHalo(context, path, colour);
}

function render({ model, el }) {
  function paint(context, toPixel) {
    const side = context.canvas.clientWidth;
    const palette = model.get("palette");
    context.fillStyle = "white";
    context.fillRect(0, 0, side, side);
    model.get("regions").forEach((corners, index) => {
      paintRegion(context, corners.map(toPixel), palette[index][1]);
    });
    context.lineCap = "round";
    model.get("lines").forEach((line, index) => {
      if (line.length === 0) return;
      const [start, end, ascent] = line;
      paintLine(context, toPixel(start), toPixel(end), ascent, palette[index][0]);
    });
  }

  const plane = showPlane({
    model,
    el,
    paint,
    className: "cs231n-linear-canvas",
    label: LABEL,
    radius: 9,
    isNumbered: true,
  });

  const endPace = keepPace({ model, pace: PACE, request: () => plane.request({ step: true }) });

  return () => {
    endPace();
    plane.end();
  };
}

export default { render };
