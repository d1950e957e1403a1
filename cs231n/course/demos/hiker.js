// The map and the walk of the hiker demo, and the pace at which it goes on.
// What it shares with the other demos stands in canvas.js.

const PACE = 120; // milliseconds from one step to the next, or more if the kernel is busy
const LABEL = "A hiker on a map: light is low, dark is high.";
const PATH_COLOUR = "#C01616";
const TRIED_COLOUR = "#D96A00";

// The map, which the kernel sends as the bytes of its colours.
function paintMap(model) {
  const side = model.get("map_side");
  const view = model.get("map");
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const image = new ImageData(side, side);
  for (let pixel = 0; pixel < side * side; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      image.data[4 * pixel + channel] = bytes[3 * pixel + channel];
    }
    image.data[4 * pixel + 3] = 255;
  }
  const picture = new OffscreenCanvas(side, side);
  picture.getContext("2d").putImageData(image, 0, 0);
  return picture;
}

function paintWalk(context, path, tried) {
  context.lineWidth = 1.5;
  context.strokeStyle = TRIED_COLOUR;
  for (const [x, y] of tried) {
    context.beginPath();
    context.arc(x, y, 4, 0, 2 * Math.PI);
    context.stroke();
  }
  context.strokeStyle = PATH_COLOUR;
  context.fillStyle = PATH_COLOUR;
  context.beginPath();
  for (const place of path) context.lineTo(...place);
  context.stroke();
  for (const [x, y] of path) {
    context.beginPath();
    context.arc(x, y, 3, 0, 2 * Math.PI);
    context.fill();
  }
}

function render({ model, el }) {
  let map = null; // the painted map, until it changes

  function paint(context, toPixel) {
    map ??= paintMap(model);
    const side = context.canvas.clientWidth;
    context.imageSmoothingQuality = "high";
    context.drawImage(map, 0, 0, side, side);
    paintWalk(context, model.get("path").map(toPixel), model.get("tried").map(toPixel));
  }

  function onMap() {
    map = null;
  }

  model.on("change:map", onMap);
  const plane = showPlane({
    model,
    el,
    paint,
    className: "cs231n-hiker-canvas",
    label: LABEL,
    radius: 8,
  });
  const endPace = keepPace({ model, pace: PACE, request: () => plane.request({ step: true }) });

  return () => {
    endPace();
    model.off("change:map", onMap);
    plane.end();
  };
}

export default { render };
