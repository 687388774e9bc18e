"use strict";
(() => {
  /* The filters of all events move together: what is asked of one is asked of all. */
  const chosen = { relation: new Set(), kind: new Set() };
  function sift() {
    const any = chosen.relation.size + chosen.kind.size > 0;
    const passes = (point) =>
      ["relation", "kind"].every((by) => chosen[by].size === 0 || chosen[by].has(point.dataset[by]));
    for (const section of document.querySelectorAll(".differences")) {
      const points = [...section.querySelectorAll(".point")];
      for (const point of points) point.hidden = !passes(point);
      if (any) for (const details of section.querySelectorAll("details")) details.open = true;
      const status = section.querySelector(".count");
      const left = points.filter((point) => !point.hidden).length;
      if (status) status.textContent = any ? `${left} of ${points.length} shown` : "";
    }
    for (const button of document.querySelectorAll(".filter button")) {
      button.setAttribute("aria-pressed", String(chosen[button.dataset.by].has(button.dataset.value)));
    }
  }
  for (const group of document.querySelectorAll(".filter")) {
    group.hidden = false;
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const set = chosen[button.dataset.by];
      if (!set.delete(button.dataset.value)) set.add(button.dataset.value);
      sift();
    });
  }
})();
