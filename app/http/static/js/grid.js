// @ts-check
/**
 * Arrow keys in a grid of letters: one cell at a time has the focus, Home and End lead to the ends of a row, with
 * Control to the ends of the grid, Enter opens the meeting of the column at the member of the row.
 */

/** @type {Record<string, (row: number, column: number, rows: number, columns: number) => [number, number]>} */
const MOVES = {
  ArrowUp: (row, column) => [row - 1, column],
  ArrowDown: (row, column) => [row + 1, column],
  ArrowLeft: (row, column) => [row, column - 1],
  ArrowRight: (row, column) => [row, column + 1],
  Home: (row) => [row, 0],
  End: (row, _column, _rows, columns) => [row, columns - 1],
  PageUp: (row, column) => [row - 10, column],
  PageDown: (row, column) => [row + 10, column],
};
const ENDS = ["Home", "End"];

/** @param {number} wanted @param {number} count */
const within = (wanted, count) => Math.max(0, Math.min(count - 1, wanted));

/** The page of the column's meeting, at the member of the row. @param {HTMLTableElement} table @param {HTMLElement} cell */
function address(table, cell) {
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  const place = /** @type {HTMLTableCellElement} */ (cell).cellIndex;
  const meeting = table.tHead?.rows[0].cells[place].querySelector("a");
  const member = row.cells[0].querySelector("a");
  if (!meeting || !member) return null;
  const key = new URL(member.href).pathname.split("/").pop();
  return `${meeting.href}#m-${key}`;
}

/** @param {HTMLTableElement} table */
function steer(table) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td:not(.sum)")]);
  if (!rows.length || !rows[0].length) return;
  table.setAttribute("role", "grid");
  let here = /** @type {HTMLElement} */ (rows[0][0]);
  const mirrored = getComputedStyle(table).direction === "rtl";

  /** @param {Element} cell */
  const move = (cell) => {
    here.tabIndex = -1;
    here = /** @type {HTMLElement} */ (cell);
    here.tabIndex = 0;
    here.focus();
    here.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  rows.flat().forEach((cell) => { /** @type {HTMLElement} */ (cell).tabIndex = -1; });
  here.tabIndex = 0;
  table.addEventListener("click", (event) => {
    const cell = event.target instanceof Element ? event.target.closest("td:not(.sum)") : null;
    if (cell) move(cell);
  });
  table.addEventListener("keydown", (event) => {
    if (event.target !== here || event.altKey || event.metaKey) return;
    if (event.key === "Enter") {
      const opened = address(table, here);
      if (opened) location.assign(opened);
      return;
    }
    const sideways = mirrored && event.key.startsWith("Arrow")
      ? { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[event.key] ?? event.key
      : event.key;
    const towards = MOVES[sideways];
    if (!towards) return;
    event.preventDefault();
    const row = rows.findIndex((cells) => cells.includes(here));
    let [to, column] = towards(row, rows[row].indexOf(here), rows.length, rows[0].length);
    if (event.ctrlKey && ENDS.includes(event.key)) to = event.key === "Home" ? 0 : rows.length - 1;
    const cells = rows[within(to, rows.length)];
    move(cells[within(column, cells.length)]);
  });
}

document.querySelectorAll("table.grid").forEach((table) => steer(/** @type {HTMLTableElement} */ (table)));
