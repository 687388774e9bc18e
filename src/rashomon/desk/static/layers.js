/* Which layers of a text are shown; kept for the next article in this tab. */
const KEPT = "rashomon-layers";

export function layers(switches, text) {
  if (!switches || !text) return;
  const boxes = [...switches.querySelectorAll("input")];
  const kept = sessionStorage.getItem(KEPT);
  if (kept !== null) for (const box of boxes) box.checked = !box.disabled && kept.split(" ").includes(box.dataset.layer);
  const show = () => {
    for (const box of boxes) text.classList.toggle(`show-${box.dataset.layer}`, box.checked);
    sessionStorage.setItem(KEPT, boxes.filter((box) => box.checked).map((box) => box.dataset.layer).join(" "));
  };
  switches.addEventListener("change", show);
  show();
}
