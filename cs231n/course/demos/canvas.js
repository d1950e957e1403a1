// What the pictures of the demos share: a canvas, the pace of what goes on by itself, and a
// square of the plane with points that can be dragged. The kernel computes; this draws what it
// answers, and asks it to move a point. canvas.py puts this text before that of each demo.

const SIDE = 440; // of the square of the plane, where the page is wide enough
const GRAB_RADIUS = { mouse: 14, pen: 18, touch: 28 }; // Lengths are in CSS pixels.
const KEY_STEP = 0.01; // of the side of the square
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const PAGES = { PageDown: 1, PageUp: -1 };
const USE =
  "Drag a point, or move it with the arrow keys; Page Up and Page Down choose another.";
const STYLE =
  "display: block; max-width: 100%; box-sizing: border-box; " +
  "border: 1px solid var(--jp-border-color2, #bdbdbd); border-radius: 3px; user-select: none;";

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
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

// Shows a canvas of this size. `paint(context)` draws it anew, in CSS pixels, when it is resized
// and whenever `drawSoon`, which is returned with the canvas and with how to end it all, is called.
function showCanvas({ el, className, label, width, height, paint }) {
  const canvas = document.createElement("canvas");
  canvas.className = className;
  canvas.style.cssText = `${STYLE} width: ${width}px; aspect-ratio: ${width / height};`;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", label);
  // JupyterLab would take the arrow keys for a step to the next cell.
  canvas.dataset.lmSuppressShortcuts = "true";
  el.append(canvas);

  function draw() {
    const scale = window.devicePixelRatio;
    const across = Math.round(canvas.clientWidth * scale);
    const down = Math.round(canvas.clientHeight * scale);
    if (across === 0) return; // not on the page, or hidden
    if (canvas.width !== across) canvas.width = across;
    if (canvas.height !== down) canvas.height = down;
    const context = canvas.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    paint(context);
  }

  let planned = 0;
  function drawSoon() {
    cancelAnimationFrame(planned);
    planned = requestAnimationFrame(draw);
  }

  canvas.addEventListener("focus", drawSoon);
  canvas.addEventListener("blur", drawSoon);
  const sized = new ResizeObserver(drawSoon);
  sized.observe(canvas);

  function end() {
    sized.disconnect();
    cancelAnimationFrame(planned);
  }

  return { canvas, drawSoon, end };
}

// While `model` is running, calls `request` again and again: `pace` milliseconds after the time
// before, or later, once the kernel has answered. Returns how to end it.
function keepPace({ model, pace, request }) {
  let timer = 0;
  let latest = 0; // when the latest request was due
  function step() {
    timer = 0;
    latest = performance.now();
    if (model.get("running")) request();
  }

  // Other answers come too, as when a point is dragged; these put nothing off.
  function stepSoon() {
    if (!model.get("running") || timer) return;
    timer = setTimeout(step, latest + pace - performance.now());
  }

  model.on("change:running", stepSoon);
  model.on("change:frame", stepSoon);
  stepSoon();

  return () => {
    model.off("change:running", stepSoon);
    model.off("change:frame", stepSoon);
    clearTimeout(timer);
  };
}

// Shows the square of `model`. `paint(context, toPixel)` draws what lies under the points,
// and `radius` and `isNumbered` are about these. Returns how to request something of the
// kernel, and how to end it all.
function showPlane({ model, el, className, label, paint, radius, isNumbered }) {
  const { canvas, drawSoon, end } = showCanvas({
    el,
    className,
    label: `${label} ${USE}`,
    width: SIDE,
    height: SIDE,
    paint: paintPlane,
  });

  const low = model.get("low");
  const high = model.get("high");
  let chosen = 0; // index of the point that was touched last
  let held = false; // is it in the hand?
  let hand = null; // [x, y] where the hand wants the chosen point, until the kernel knows
  let asked = false; // is the kernel at work on a request?
  let unsaid = {}; // what to request next

  function points() {
    const known = model.get("points");
    return hand ? known.map((point, index) => (index === chosen ? hand : point)) : known;
  }

  function toPixel([x, y]) {
    const unit = canvas.clientWidth / (high - low);
    return [(x - low) * unit, (high - y) * unit];
  }

  function paintNumber(context, [x, y], index) {
    context.font = `bold ${1.25 * radius}px sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = "white";
    context.fillText(index, x, y + 0.5);
  }

  function paintPlane(context) {
    paint(context, toPixel);
    const labels = model.get("labels");
    const palette = model.get("palette");
    const isMarked = held || document.activeElement === canvas;
    points().forEach((point, index) => {
      const colour = palette[labels[index]][0];
      const place = toPixel(point);
      if (isMarked && index === chosen) paintPoint(context, ...place, radius + 5, colour);
      paintPoint(context, ...place, radius, colour);
      if (isNumbered) paintNumber(context, place, index);
    });
    canvas.dataset.frame = model.get("frame");
  }

  // One question at a time: a slow kernel skips places, and does not fall behind.
  function ask() {
    if (asked || Object.keys(unsaid).length === 0) return;
    asked = true;
    model.send(unsaid);
    unsaid = {};
  }

  function request(content) {
    Object.assign(unsaid, content);
    ask();
  }

  function choose(index) {
    asked = false; // An answer that never came, from a kernel that was restarted, ends here.
    ask();
    hand = null;
    chosen = index;
    drawSoon();
  }

  function moveTo(x, y) {
    hand = [clamp(x, low, high), clamp(y, low, high)];
    request({ move: [chosen, ...hand] });
    drawSoon();
  }

  function letGo() {
    if (!held && !asked && !unsaid.move) hand = null;
    drawSoon();
  }

  function onAnswer() {
    asked = false;
    letGo();
    ask();
  }

  // Index of the point under the pointer, or -1.
  function under(event) {
    const away = points().map((point) => {
      const [x, y] = toPixel(point);
      return Math.hypot(x - event.offsetX, y - event.offsetY);
    });
    const least = Math.min(...away);
    return least <= GRAB_RADIUS[event.pointerType] ? away.indexOf(least) : -1;
  }

  function place(event) {
    const unit = (high - low) / canvas.clientWidth;
    return [low + event.offsetX * unit, high - event.offsetY * unit];
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
    letGo();
  }

  function onKeyDown(event) {
    const count = model.get("points").length;
    if (event.key in ARROWS) {
      const [right, up] = ARROWS[event.key];
      const [x, y] = points()[chosen];
      const step = KEY_STEP * (high - low);
      moveTo(x + right * step, y + up * step);
    } else if (event.key in PAGES) {
      choose((chosen + PAGES[event.key] + count) % count);
    } else {
      return;
    }
    event.preventDefault();
  }

  function onPoints() {
    if (chosen >= model.get("points").length) chosen = 0;
  }

  model.on("change:points", onPoints);
  model.on("change:frame", onAnswer);
  canvas.addEventListener("pointerdown", onPointerDown);
  canvas.addEventListener("pointermove", onPointerMove);
  canvas.addEventListener("lostpointercapture", onPointerEnd);
  canvas.addEventListener("keydown", onKeyDown);
  // A finger that holds a point moves the point; elsewhere it may scroll the page.
  canvas.addEventListener("touchstart", (event) => held && event.preventDefault());

  function endAll() {
    model.off("change:points", onPoints);
    model.off("change:frame", onAnswer);
    end();
  }

  return { request, end: endAll };
}
