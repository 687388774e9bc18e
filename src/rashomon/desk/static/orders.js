/* A table of who tells what, put in order by a column: those that tell a claim first; again: the order it came in. */
export function orders(table) {
  const body = table.tBodies[0];
  const first = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const rank = (cell) => (cell.querySelector(".yes") ? 0 : cell.querySelector(".other") ? 1 : 2);
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "order";
    button.append(...head.childNodes);
    head.append(button);
    if (column === 0) button.setAttribute("aria-label", "Origin: put in order by how many claims it tells");
    else button.setAttribute("aria-label", `Claim ${column}: put who tells it first`);
    button.addEventListener("click", () => {
      const sorted = head.getAttribute("aria-sort") === null;
      for (const other of heads) other.removeAttribute("aria-sort");
      let rows = first;
      if (sorted) {
        head.setAttribute("aria-sort", "ascending");
        const told = (row) => row.querySelectorAll(".yes").length;
        const by = column === 0 ? (a, b) => told(b) - told(a) : (a, b) => rank(a.cells[column]) - rank(b.cells[column]);
        rows = [...first].sort(by);
      }
      body.append(...rows);
    });
  });
}
