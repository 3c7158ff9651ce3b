// @ts-check
/**
 * A long list to choose from becomes a field that finds: by any word of what stands there, whatever its accents. The
 * list stays in the form and is what is sent. Without this file the list is chosen from as it stands.
 */

/** @typedef {{ option: HTMLOptionElement, words: string, item: HTMLLIElement }} Choice */

/** Without case and accents, so that “joao” finds João. @param {string} text */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
}

/** How well a choice fits: 0 where each word typed begins one of its words, 1 where each stands within, else -1. @param {string} words @param {string[]} typed */
function fit(words, typed) {
  if (typed.every((word) => words.startsWith(word) || words.includes(` ${word}`))) return 0;
  return typed.every((word) => words.includes(word)) ? 1 : -1;
}

class Chooser {
  /** @param {HTMLSelectElement} select */
  constructor(select) {
    this.select = select;
    this.id = select.id;
    this.input = this.makeInput();
    this.list = document.createElement("ul");
    this.said = document.createElement("p");
    /** @type {Choice[]} */
    this.choices = [...select.options].filter((option) => option.value).map((option, number) => this.makeChoice(option, number));
    /** @type {Choice[]} */
    this.shown = [];
    this.active = -1;
    this.build();
    this.listen();
    this.showChosen();
  }

  makeInput() {
    const input = document.createElement("input");
    const given = { type: "text", role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${this.id}-list` };
    for (const [name, value] of Object.entries(given)) input.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-invalid"]) {
      const value = this.select.getAttribute(name);
      if (value) input.setAttribute(name, value);
    }
    if (this.select.required) input.setAttribute("aria-required", "true");
    return input;
  }

  /** @param {HTMLOptionElement} option @param {number} number @returns {Choice} */
  makeChoice(option, number) {
    const item = document.createElement("li");
    item.id = `${this.id}-${number}`;
    item.setAttribute("role", "option");
    const [name, ...more] = option.text.split(" · ");
    const title = document.createElement("bdi");
    title.textContent = name;
    item.append(title);
    if (more.length) {
      const detail = document.createElement("span");
      detail.className = "chooser-detail";
      detail.textContent = more.join(" · ");
      item.append(" ", detail);
    }
    return { option, item, words: folded(option.text) };
  }

  /** Put the field in the place of the list; its label and what links to it now mean the field. */
  build() {
    this.select.id = `${this.id}-kept`;
    this.input.id = this.id;
    this.list.id = `${this.id}-list`;
    this.list.className = "chooser-list";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.select.dataset.choose ?? "");
    this.said.className = "chooser-said";
    this.said.setAttribute("role", "status");
    const holder = document.createElement("div");
    holder.className = "chooser";
    holder.append(this.input, this.list, this.said);
    const around = this.select.closest(".select") ?? this.select;
    around.after(holder);
    around.classList.add("chooser-kept");
    if (around instanceof HTMLElement) around.hidden = true;
  }

  listen() {
    this.input.addEventListener("input", () => this.find());
    this.input.addEventListener("click", () => this.open(this.choices));
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target instanceof Element ? event.target.closest("li") : null;
      const choice = this.shown.find((one) => one.item === item);
      if (choice) this.choose(choice);
    });
    this.select.addEventListener("change", () => this.showChosen());
    addEventListener("pageshow", () => this.showChosen());
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) this.open(this.choices);
      else this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      this.take();
    } else if (event.key === "Tab" && isOpen) {
      this.take();
    } else if (event.key === "Escape" && (isOpen || this.input.value !== this.chosenText())) {
      event.preventDefault();
      this.close();
      this.input.value = this.chosenText();
      this.said.textContent = "";
    }
  }

  find() {
    const typed = folded(this.input.value).split(/[\s·]+/u).filter(Boolean);
    if (!typed.length) {
      this.keep("");
      this.open(this.choices, -1);
      return;
    }
    const fitting = this.choices.map((choice) => ({ choice, how: fit(choice.words, typed) })).filter((one) => one.how >= 0);
    this.open(fitting.sort((one, other) => one.how - other.how).map((one) => one.choice), 0);
    if (!this.shown.length) this.keep("");
  }

  /** Show these choices with the chosen one, or the `active`th, at hand. @param {Choice[]} choices @param {number} [active] */
  open(choices, active) {
    this.shown = choices;
    this.list.replaceChildren(...choices.map((choice) => choice.item));
    this.list.hidden = !choices.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.said.textContent = choices.length ? "" : (this.select.dataset.none ?? "");
    this.point(active ?? choices.findIndex((choice) => choice.option.selected));
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} by */
  move(by) {
    const count = this.shown.length;
    if (count) this.point(this.active < 0 ? (by > 0 ? 0 : count - 1) : (this.active + by + count) % count);
  }

  /** @param {number} active */
  point(active) {
    this.active = Math.min(active, this.shown.length - 1);
    for (const choice of this.choices) choice.item.setAttribute("aria-selected", "false");
    const item = this.shown[this.active]?.item;
    if (!item) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  take() {
    const choice = this.shown[this.active];
    if (choice) this.choose(choice);
    else this.close();
  }

  /** @param {Choice} choice */
  choose(choice) {
    this.keep(choice.option.value);
    this.showChosen();
    this.close();
  }

  /** @param {string} value */
  keep(value) {
    if (this.select.value === value) return;
    this.select.value = value;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Who leaves the field with a name that means one choice alone has chosen it; another text chooses nobody. */
  leave() {
    if (!this.list.hidden && this.input.value && this.shown.length === 1) this.choose(this.shown[0]);
    else if (!this.list.hidden && this.input.value !== this.chosenText()) this.keep("");
    this.close();
  }

  chosenText() {
    const option = this.select.selectedOptions[0];
    return option?.value ? option.text : "";
  }

  /** The field says what is chosen, unless somebody is typing and nothing is. */
  showChosen() {
    const text = this.chosenText();
    if (text || document.activeElement !== this.input) this.input.value = text || this.input.value;
    if (text) this.said.textContent = "";
  }
}

for (const select of document.querySelectorAll("select[data-choose]")) {
  if (select instanceof HTMLSelectElement && select.id) new Chooser(select);
}
