// Draws one figure of `lib/ui/figures.py` with plotly.js: only when it is near the window, and in place when its data change.
// Streamlit calls the function below when a figure is mounted, when its data change and when the theme changes.
// Values of the data reach the page through plotly.js alone, which writes text nodes; nothing here writes HTML.

const LIBRARY = LIBRARY_PATH;
const LOCALES = LOCALE_FORMATS;
const NEAR = "300px"; // figures are drawn before they scroll into the window, so that nobody sees an empty card
const NARROWEST = 150;
const TOOLS = 28; // above a figure, where its buttons always show
const ONCE_PER = 5000; // milliseconds: all figures of a page fail together, and one answer changes all of them

const figures = new Map(); // the element that Streamlit gives a figure -> what is drawn in it
let library; // a promise of plotly.js
let reported = -Infinity; // when the server heard last that figures can't be drawn

// ---------------------------------------------------------------------------------------------- the library

function root() {
  // The app may be served below a path: Streamlit's own script tells where.
  const own = document.querySelector("script[src*='static/js/']");
  return own ? own.src.slice(0, own.src.lastIndexOf("static/js/")) : new URL("/", location.href).href;
}

async function fetched() {
  // The address carries the version, so a stored copy is never stale; the server sends no lifetime of its own.
  const answer = await fetch(new URL(LIBRARY, root()), { cache: "force-cache" });
  if (!answer.ok) throw new Error(`plotly.js: ${answer.status}`);
  const address = URL.createObjectURL(new Blob([await answer.text()], { type: "text/javascript" }));
  await new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = loaded;
    script.onerror = () => failed(new Error("plotly.js does not run"));
    document.head.append(script);
  });
  URL.revokeObjectURL(address);
  LOCALES.forEach((locale) => window.Plotly.register({ moduleType: "locale", ...locale }));
  return window.Plotly;
}

function loaded() {
  library ??= fetched().catch((error) => {
    library = undefined; // a new session in this tab tries again
    throw error;
  });
  return library;
}

// ---------------------------------------------------------------------------------------------- the theme

function template(element) {
  const style = getComputedStyle(element);
  const value = (name) => style.getPropertyValue(`--st-${name}`).trim();
  const ink = value("text-color");
  const ground = value("background-color");
  const grid = value("border-color");
  const [family, heading] = [value("font"), value("heading-font")];
  const axis = {
    gridcolor: grid, zerolinecolor: grid, tickcolor: grid, minor: { gridcolor: grid }, automargin: true,
    tickfont: { color: ink, size: 12 },
  };
  return {
    data: {
      scatter: [{ marker: { line: { width: 0 } } }],
      sankey: [{ textfont: { color: ink } }],
    },
    layout: {
      font: { color: ink, family, size: 12 },
      title: { color: ink, font: { family: heading, size: 16, color: ink }, xanchor: "left", x: 0 },
      legend: { title: { font: { size: 12, color: ink } }, valign: "top", borderwidth: 0, font: { size: 12, color: ink } },
      paper_bgcolor: ground,
      plot_bgcolor: ground,
      margin: { pad: 8, l: 0, r: 0 },
      hoverlabel: { bgcolor: ground, bordercolor: grid, font: { color: ink, family, size: 12 } },
      xaxis: { ...axis, showgrid: false, zeroline: false, title: { font: { color: ink, size: 14 }, standoff: 20 } },
      yaxis: { ...axis, ticklabelposition: "outside", title: { font: { color: ink, size: 14 }, standoff: 24 } },
    },
  };
}

// ---------------------------------------------------------------------------------------------- selections

function ends(selection) {
  if (selection.type === "rect") return { x: [selection.x0, selection.x1], y: [selection.y0, selection.y1] };
  const corners = selection.path.replace("M", "").replace("Z", "").split("L").map((pair) => pair.split(",").map(Number));
  return { x: corners.map(([x]) => x), y: corners.map(([, y]) => y) };
}

function selection(event) {
  // The same names as Streamlit's own chart gives.
  const drawn = (type) => (event.selections ?? [])
    .filter((one) => one.type === type)
    .map((one) => ({ xref: one.xref, yref: one.yref, ...ends(one) }));
  const points = event.points.map((point) => ({
    curve_number: point.curveNumber, point_number: point.pointNumber, point_index: point.pointIndex,
    x: point.x, y: point.y, text: point.text, customdata: point.customdata, legendgroup: point.data.legendgroup,
  }));
  return {
    points,
    point_indices: [...new Set(points.map((point) => point.point_index).filter((place) => place !== undefined))],
    box: drawn("rect"),
    lasso: drawn("path"),
  };
}

// ---------------------------------------------------------------------------------------------- drawing

function tools({ config }) {
  // Without a mouse the buttons don't wait for one, and would cover the first bar or the legend.
  return config.displayModeBar && matchMedia("(hover: none)").matches ? TOOLS : 0;
}

function heightOf(data) {
  return data.height + tools(data);
}

function draw(held, Plotly) {
  held.stale = false;
  const { figure, config, clickable } = held.data;
  const { data, layout } = JSON.parse(figure);
  const shown = {
    ...layout,
    template: template(held.place),
    width: Math.max(held.place.clientWidth, NARROWEST),
    height: heightOf(held.data),
  };
  shown.margin = { ...layout.margin, t: (layout.margin?.t ?? 0) + tools(held.data) };
  if (shown.width < (layout.meta?.widthWithWords ?? 0))
    for (const trace of data) trace.mode = { text: "none", "markers+text": "markers" }[trace.mode] ?? trace.mode;
  if (clickable) {
    shown.clickmode = "event+select";
    shown.hovermode ??= "closest";
    shown.dragmode = "pan";
  }
  held.width = shown.width;
  const before = held.drawn;
  held.drawn = true;
  Promise.resolve(Plotly.react(held.place, data, shown, config))
    .then(() => fitTitles(held.place, Plotly))
    .catch((error) => failed(held, error));
  held.place.style.height = ""; // the figure has its own
  if (clickable && !before)
    held.place.on("plotly_selected", (event) => {
      if (event?.points.length) held.send("selection", selection(event));
    });
}

function fitTitles(place, Plotly) {
  // A title of an axis is one line, which the figure cuts where it is longer than a phone is wide.
  const frame = place.querySelector(".main-svg")?.getBoundingClientRect();
  const broken = {};
  for (const [axis, name] of [["xaxis", "xtitle"], ["yaxis", "ytitle"]]) {
    const words = place.layout?.[axis]?.title?.text;
    const box = place.querySelector(`.infolayer .${name}`)?.getBoundingClientRect();
    if (!frame || !words || !box || words.includes("<br>")) continue;
    const cut = axis === "xaxis"
      ? box.left < frame.left || box.right > frame.right
      : box.top < frame.top || box.bottom > frame.bottom;
    if (cut) broken[`${axis}.title.text`] = inTwoLines(words);
  }
  return Object.keys(broken).length ? Plotly.relayout(place, broken) : undefined;
}

function inTwoLines(words) {
  const blanks = [...words.matchAll(/ /g)].map((found) => found.index);
  if (!blanks.length) return words;
  const middle = blanks.reduce((best, at) =>
    Math.abs(at - words.length / 2) < Math.abs(best - words.length / 2) ? at : best);
  return `${words.slice(0, middle)}<br>${words.slice(middle + 1)}`;
}

function failed(held, error) {
  console.error(error);
  if (performance.now() - reported < ONCE_PER) return;
  reported = performance.now();
  held.send("failed", true);
}

async function drawWhenNear(held) {
  if (!held.near || !held.stale) return;
  try {
    const Plotly = await loaded();
    // All of this may have changed while the library was on its way.
    if (held.near && held.stale && held.place.isConnected && held.place.clientWidth) draw(held, Plotly);
  } catch (error) {
    failed(held, error);
  }
}

const near = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) {
      const held = figures.get(target.parentElement);
      if (held === undefined) continue;
      held.near = isIntersecting;
      drawWhenNear(held);
    }
  },
  { rootMargin: NEAR },
);

const sizes = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const held = figures.get(target.parentElement);
    const width = target.clientWidth;
    if (held === undefined || !width || Math.max(width, NARROWEST) === held.width) continue;
    held.stale = true;
    // Not inside of the observer: drawing changes sizes, which the browser would report as a loop.
    requestAnimationFrame(() => drawWhenNear(held));
  }
});

addEventListener("beforeprint", () => {
  if (window.Plotly === undefined) return;
  for (const held of figures.values())
    if (held.stale && held.place.clientWidth) draw(held, window.Plotly);
});

function mount(parent) {
  const place = document.createElement("div");
  place.className = "brine-figure";
  place.setAttribute("role", "figure");
  parent.append(place);
  const held = { place, near: false, drawn: false, stale: true, width: 0 };
  figures.set(parent, held);
  held.leave = () => {
    near.unobserve(place);
    sizes.unobserve(place);
    if (held.drawn) window.Plotly.purge(place);
    figures.delete(parent);
    place.remove();
  };
  return held;
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (data.figure === undefined) {
    // Nothing to draw yet: the library is fetched before the visitor comes to a figure.
    const idle = window.requestIdleCallback ?? setTimeout;
    idle(() => loaded().catch((error) => failed({ send: setTriggerValue }, error)));
    return undefined;
  }
  const known = figures.get(parentElement);
  const held = known ?? mount(parentElement);
  held.data = data;
  held.send = setTriggerValue;
  held.stale = true;
  held.place.setAttribute("aria-label", data.alt);
  if (!held.drawn) held.place.style.height = `${heightOf(data)}px`;
  if (known === undefined) {
    near.observe(held.place);
    sizes.observe(held.place);
  } else drawWhenNear(held);
  return held.leave;
}
