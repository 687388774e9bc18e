/* A figure as a file: the drawing with the styles it has on this page, as SVG or as PNG of twice its size. */
const STYLES = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-family", "font-size", "font-weight", "text-anchor"];

function alone(drawing) {
  const copy = drawing.cloneNode(true);
  const [from, to] = [drawing, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  from.forEach((node, n) => {
    const style = getComputedStyle(node);
    for (const name of STYLES) to[n].setAttribute(name, style.getPropertyValue(name));
  });
  const box = drawing.getBoundingClientRect();
  const [x, y, width, height] = (drawing.getAttribute("viewBox") ?? `0 0 ${box.width} ${box.height}`).split(" ").map(Number);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ x, y, width, height, fill: getComputedStyle(document.body).backgroundColor })) paper.setAttribute(name, value);
  copy.prepend(paper);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

function give(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export function saving(place) {
  place.hidden = false;
  const drawing = place.closest("figure").querySelector("svg");
  place.addEventListener("click", (event) => {
    const kind = event.target.dataset.as;
    if (!kind) return;
    const { text, width, height } = alone(drawing);
    const svg = new Blob([text], { type: "image/svg+xml" });
    if (kind === "svg") return give(svg, `${place.dataset.figure}.svg`);
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [2 * width, 2 * height];
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => give(blob, `${place.dataset.figure}.png`));
      URL.revokeObjectURL(image.src);
    };
    image.src = URL.createObjectURL(svg);
  });
}
