// @ts-check
/** Two taps to a name: first a letter, or a few, then the name itself. Nothing scrolls that must be tapped. */

/** @typedef {{id: string, given: string, name: string, initial: string, here: boolean}} Person */
/** @typedef {{label: string, people: Person[]}} Bucket */

/** As many names fit on the smallest screen; so many are shown at once where there are no more. */
export const MOST_NAMES = 10;

/** The names cut into screens, each with the letters it runs from and to. @param {Person[]} people @param {string} locale @returns {Bucket[]} */
export function buckets(people, locale) {
  const order = new Intl.Collator(locale).compare;
  const sorted = [...people].sort((one, other) => order(one.given, other.given) || order(one.name, other.name));
  const same = new Intl.Collator(locale, { sensitivity: "base" }).compare;
  const cut = chunks(byLetter(sorted, (one, other) => same(one, other) === 0));
  return cut.map((part, i) => ({ label: label(part, cut[i - 1], cut[i + 1]), people: part }));
}

/** The same first name twice: both are told apart by what follows it. @param {Person[]} people @returns {Map<string, string>} */
export function endings(people) {
  const count = new Map();
  for (const { given } of people) count.set(fold(given), (count.get(fold(given)) ?? 0) + 1);
  const twins = people.filter(({ given }) => count.get(fold(given)) > 1);
  return new Map(twins.map(({ id, given, name }) => [id, rest(given, name)]));
}

/** What of the name is not the first name. @param {string} given @param {string} name */
function rest(given, name) {
  return name.startsWith(given) ? name.slice(given.length).trim() : name;
}

/** Whole letters together while they fit; a letter with more names than fit is cut evenly. @param {Person[][]} letters */
function chunks(letters) {
  /** @type {Person[][]} */
  const parts = [];
  let open = false;
  for (const letter of letters) {
    const last = parts[parts.length - 1];
    if (open && last.length + letter.length <= MOST_NAMES) last.push(...letter);
    else parts.push(...evenly(letter));
    open = letter.length <= MOST_NAMES;
  }
  return parts;
}

/** @param {Person[]} sorted @param {(one: string, other: string) => boolean} isSame whether this language takes two letters for one */
function byLetter(sorted, isSame) {
  /** @type {Person[][]} */
  const letters = [];
  let current = "";
  for (const person of sorted) {
    const [letter] = person.given.normalize("NFC");
    if (!letters.length || !isSame(letter, current)) letters.push([]);
    current = letter;
    letters[letters.length - 1].push(person);
  }
  return letters;
}

/** @param {Person[]} people */
function evenly(people) {
  const parts = Math.ceil(people.length / MOST_NAMES);
  const size = Math.ceil(people.length / parts);
  return Array.from({ length: parts }, (_, i) => people.slice(i * size, (i + 1) * size)).filter((part) => part.length);
}

/** @param {Person[]} part @param {Person[] | undefined} before @param {Person[] | undefined} after */
function label(part, before, after) {
  const first = start(part[0], before?.[before.length - 1]);
  const last = start(part[part.length - 1], after?.[0]);
  return fold(first) === fold(last) ? first : `${first}–${last}`;
}

/** As many letters of a name as tell it from its neighbour in the next bucket. @param {Person} person @param {Person | undefined} beside */
function start(person, beside) {
  const own = [...person.name.normalize("NFC")];
  const other = beside ? fold(beside.name) : "";
  let length = 1;
  while (length < own.length && other.startsWith(fold(own.slice(0, length).join("")))) length += 1;
  return length === 1 ? plain(own[0]) : own.slice(0, length).join("").trim();
}

/** The letter without its accent, where one stands alone for all that begin with it. @param {string} letter */
function plain(letter) {
  return letter.normalize("NFD").replace(/\p{M}/gu, "").toLocaleUpperCase();
}

/** Without case and accents, so that Álvaro stands with Ana. @param {string} text */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
