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
  const isSame = (/** @type {string} */ one, /** @type {string} */ other) => same(one, other) === 0;
  const cut = chunks(byLetter(sorted, isSame));
  return cut.map((part, i) => ({ label: label(part, cut[i - 1], cut[i + 1], isSame), people: part }));
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

/** @param {Person[]} sorted @param {IsSame} isSame */
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

/** @typedef {(one: string, other: string) => boolean} IsSame whether this language takes two letters for one */

/** @param {Person[]} part @param {Person[] | undefined} before @param {Person[] | undefined} after @param {IsSame} isSame */
function label(part, before, after, isSame) {
  const [first, last] = [letters(part[0]), letters(part[part.length - 1])];
  const length = Math.max(telling(first, before?.[before.length - 1]), telling(last, after?.[0]));
  const [from, to] = [first, last].map((own) => (length === 1 ? plain(own[0], isSame) : own.slice(0, length).join("").trim()));
  return from === to ? from : `${from}–${to}`;
}

/** How many letters of a name tell it from its neighbour in the next bucket. @param {string[]} own @param {Person | undefined} beside */
function telling(own, beside) {
  const other = beside ? fold(beside.name) : "";
  let length = 1;
  while (length < own.length && other.startsWith(fold(own.slice(0, length).join("")))) length += 1;
  return length;
}

/** @param {Person} person */
function letters(person) {
  return [...person.name.normalize("NFC")];
}

/** The letter without its accent, where the language takes the two for one. @param {string} letter @param {IsSame} isSame */
function plain(letter, isSame) {
  const bare = letter.normalize("NFD").replace(/\p{M}/gu, "");
  return (isSame(bare, letter) ? bare : letter).toLocaleUpperCase();
}

/** Without case and accents, so that Álvaro stands with Ana. @param {string} text */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
