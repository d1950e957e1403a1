// Two rows of histograms, one for each layer of a stack: forward above, backward below.
// What it shares with the other demos stands in canvas.js.

const LABEL = "Histograms of what comes out of each layer, and of the gradients that come back.";
const EDGE = 12; // around the picture, in CSS pixels
const GAP = 8; // between two histograms
const TEXT = 34; // above a row: its title, and the size of each layer
const FONT = "12px sans-serif";

function paintPanel(context, [x, y, width, height], [text, bars], row, ink) {
  context.fillStyle = ink;
  context.textAlign = "center";
  context.fillText(text, x + width / 2, y - 4);
  context.fillStyle = row.colour;
  const bar = width / bars.length;
  bars.forEach((share, i) => {
    context.fillRect(x + i * bar, y + height * (1 - share), bar + 0.3, height * share);
  });
  context.fillStyle = ink;
  context.fillRect(x, y + height, width, 1);
}

function render({ model, el }) {
  const [width, height] = model.get("size");

  function paint(context) {
    const { clientWidth, clientHeight } = context.canvas;
    const [rows, ink] = [model.get("rows"), model.get("ink")];
    context.fillStyle = "white";
    context.fillRect(0, 0, clientWidth, clientHeight);
    context.font = FONT;
    context.textBaseline = "alphabetic";
    const rowHeight = (clientHeight - 2 * EDGE) / rows.length;
    rows.forEach((row, r) => {
      const top = EDGE + r * rowHeight;
      context.fillStyle = row.colour;
      context.textAlign = "left";
      context.fillText(row.title, EDGE, top + 10);
      const across = (clientWidth - 2 * EDGE + GAP) / row.panels.length;
      row.panels.forEach((panel, i) => {
        const place = [EDGE + i * across, top + TEXT, across - GAP, rowHeight - TEXT - 6];
        paintPanel(context, place, panel, row, ink);
      });
    });
    context.canvas.dataset.frame = model.get("frame");
  }

  const { drawSoon, end } = showCanvas({
    el,
    className: "cs231n-stack-canvas",
    label: LABEL,
    width,
    height,
    paint,
  });
  model.on("change:frame", drawSoon);

  return () => {
    model.off("change:frame", drawSoon);
    end();
  };
}

export default { render };
