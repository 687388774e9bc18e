/* A line of days that widens: by the buttons, by + and -, by the wheel with Ctrl; arrows move along it. */
const MOST = 16;

export function zoom(place) {
  const line = place.querySelector(".zoomed");
  const keys = place.nextElementSibling;
  let factor = 1;
  const to = (next, at = 0.5) => {
    const middle = (place.scrollLeft + at * place.clientWidth) / line.clientWidth;
    factor = Math.min(MOST, Math.max(1, next));
    line.style.setProperty("width", `${factor * 100}%`);
    place.scrollLeft = middle * line.clientWidth - at * place.clientWidth;
  };
  const step = { in: () => to(factor * 1.5), out: () => to(factor / 1.5), all: () => to(1) };
  keys.hidden = false;
  keys.addEventListener("click", (event) => step[event.target.dataset.zoom]?.());
  place.addEventListener("keydown", (event) => {
    const act = { "+": step.in, "=": step.in, "-": step.out, "0": step.all }[event.key];
    if (act) act();
    else if (event.key === "ArrowLeft") place.scrollLeft -= 60;
    else if (event.key === "ArrowRight") place.scrollLeft += 60;
    else return;
    event.preventDefault();
  });
  place.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    to(factor * (event.deltaY < 0 ? 1.2 : 1 / 1.2), event.offsetX / place.clientWidth);
  }, { passive: false });
}
