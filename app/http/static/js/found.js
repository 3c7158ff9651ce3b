// @ts-check
/**
 * The page that founds a group: the browser's own time zone, the first meeting day, and no week of the month for a
 * weekly group. Without this file the zone is chosen by hand and an empty day means the next one.
 */

const form = document.querySelector("form[data-found]");

/** @param {string} name */
function control(name) {
  const found = form instanceof HTMLFormElement ? form.elements.namedItem(name) : null;
  return found instanceof HTMLInputElement || found instanceof HTMLSelectElement ? found : null;
}

function kind() {
  const chosen = form?.querySelector("input[name=kind]:checked");
  return chosen instanceof HTMLInputElement ? chosen.value : "";
}

function guessZone() {
  const zone = control("zone");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone instanceof HTMLSelectElement && zone.value === "UTC" && zone.querySelector(`option[value="${CSS.escape(here)}"]`)) zone.value = here;
}

/** The next day of the weekly or monthly rhythm, from tomorrow on. @param {number} weekday Monday is 0 @param {number} week */
function nextDay(weekday, week) {
  const day = new Date();
  for (let ahead = 1; ahead <= 63; ahead += 1) {
    day.setDate(day.getDate() + 1);
    if ((day.getDay() + 6) % 7 !== weekday) continue;
    const nth = Math.ceil(day.getDate() / 7);
    const isLast = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 7).getMonth() !== day.getMonth();
    if (week === 0 || nth === week || (week === -1 && isLast)) return day;
  }
  return day;
}

let own = false;

function refresh() {
  const weekly = kind() === "referral-group";
  const monthly = form?.querySelector("[data-monthly]");
  if (monthly instanceof HTMLElement) monthly.hidden = weekly;
  const first = control("first_day");
  if (!first || own) return;
  const day = nextDay(Number(control("weekday")?.value ?? 1), weekly ? 0 : Number(control("week")?.value ?? 1));
  first.value = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
}

if (form) {
  own = Boolean(control("first_day")?.value);
  control("first_day")?.addEventListener("input", () => (own = true));
  form.addEventListener("change", (event) => {
    if (event.target !== control("first_day")) refresh();
  });
  guessZone();
  refresh();
}
