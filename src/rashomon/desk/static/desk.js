/* What a page does beyond showing: layers of a text, the order of a table, a timeline that zooms, a figure as a file.
   Every page is whole without it. */
import { layers } from "./layers.js";
import { orders } from "./orders.js";
import { saving } from "./saving.js";
import { zoom } from "./zoom.js";

layers(document.querySelector("#layers"), document.querySelector("#text"));
for (const table of document.querySelectorAll("table.coverage")) orders(table);
for (const place of document.querySelectorAll(".zoom")) zoom(place);
for (const place of document.querySelectorAll(".save")) saving(place);

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    document.querySelector("#q").focus();
  }
});
for (const list of document.querySelectorAll("details.exports")) {
  document.addEventListener("click", (event) => { if (!list.contains(event.target)) list.open = false; });
  list.addEventListener("keydown", (event) => { if (event.key === "Escape") list.open = false; });
}
