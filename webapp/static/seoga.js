// Seoga's one script. Every page works without it; with it the search box suggests works while one types.

const DELAY = 120; // milliseconds of silence before asking: about the pause between two syllables
const SHORTEST = 1; // one initial consonant is enough to begin

class Combobox {
  #input;
  #list;
  #status;
  #options = [];
  #active = -1;
  #timer = 0;
  #asked = "";
  #abort = null;

  constructor(input) {
    this.#input = input;
    this.#list = this.#makeList();
    this.#status = this.#makeStatus();
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.#list.id,
    })) {
      input.setAttribute(name, value);
    }
    // `input` also fires in the middle of composing a Hangul syllable: a half-typed one is asked for like any other.
    input.addEventListener("input", () => this.#schedule());
    input.addEventListener("keydown", (event) => this.#onKey(event));
    input.addEventListener("blur", () => this.#close());
  }

  #makeList() {
    const list = document.createElement("ul");
    list.id = `${this.#input.id}-suggestions`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.#input.dataset.listLabel);
    list.hidden = true;
    // A press must not take the focus away, else the list would close before the click arrives.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#input.after(list);
    return list;
  }

  #makeStatus() {
    const status = document.createElement("div");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    this.#input.after(status);
    return status;
  }

  #schedule() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), DELAY);
  }

  async #ask() {
    const typed = this.#input.value.trim();
    if (typed === this.#asked && !this.#list.hidden) return;
    this.#asked = typed;
    this.#abort?.abort();
    if (typed.length < SHORTEST) return this.#close();
    this.#abort = new AbortController();
    const address = `${this.#input.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
    try {
      const response = await fetch(address, { signal: this.#abort.signal, headers: { Accept: "application/json" } });
      if (!response.ok) return this.#close();
      this.#show((await response.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.#close(); // without suggestions the box is still a box
    }
  }

  #show(suggestions) {
    if (!suggestions.length || document.activeElement !== this.#input) return this.#close();
    this.#active = -1;
    this.#options = suggestions.map((suggestion, index) => this.#makeOption(suggestion, index));
    this.#list.replaceChildren(...this.#options);
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
    this.#input.removeAttribute("aria-activedescendant");
    this.#status.textContent = this.#input.dataset.found.replace("{count}", suggestions.length);
  }

  #makeOption(suggestion, index) {
    const option = document.createElement("li");
    option.id = `${this.#list.id}-${index}`;
    option.className = "suggestion";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = this.#withSlip(suggestion.url);
    const state = suggestion.available ? this.#input.dataset.available : this.#input.dataset.unavailable;
    option.append(
      span("suggestion-title", suggestion.title),
      span("suggestion-call", suggestion.call_number),
      span("suggestion-author", suggestion.author),
      span(`suggestion-state${suggestion.available ? " is-in" : ""}`, state),
    );
    option.addEventListener("click", () => this.#open(option));
    return option;
  }

  #withSlip(url) {
    const ids = this.#input.dataset.slip.split(",").filter(Boolean);
    return ids.length ? `${url}?${new URLSearchParams(ids.map((id) => ["slip", id]))}` : url;
  }

  #onKey(event) {
    if (event.isComposing || event.keyCode === 229) return; // the key belongs to the input method
    if (event.key === "Escape" && !this.#list.hidden) {
      event.preventDefault();
      this.#close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.#options.length) {
      event.preventDefault();
      this.#list.hidden ? this.#reopen() : this.#move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !this.#list.hidden && this.#active >= 0) {
      event.preventDefault();
      this.#open(this.#options[this.#active]);
    }
  }

  #reopen() {
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
  }

  // From the last line on to the box itself (-1), and from there to the first.
  #move(step) {
    const places = this.#options.length + 1;
    this.#active = ((this.#active + 1 + step + places) % places) - 1;
    this.#options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.#active)));
    const option = this.#options[this.#active];
    if (!option) return this.#input.removeAttribute("aria-activedescendant");
    this.#input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #open(option) {
    location.assign(option.dataset.url);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#list.hidden = true;
    this.#active = -1;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
    this.#status.textContent = "";
  }
}

function span(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

function offerPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const hint of document.querySelectorAll("[data-print-hint]")) hint.hidden = true;
}

// With a pointer a choice applies at once. With keys it does not: the arrows pass through every choice on the way, and
// each would load a page; the button beside is there for that.
function submitOnChange(form) {
  let byKeyboard = false;
  form.addEventListener("pointerdown", () => (byKeyboard = false));
  form.addEventListener("keydown", () => (byKeyboard = true));
  form.addEventListener("change", () => byKeyboard || form.requestSubmit());
}

// A model may write for some seconds: say so, and do not ask twice.
function showBusy(form) {
  const button = form.querySelector("button[type=submit]");
  const text = button.textContent;
  form.addEventListener("submit", () => {
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.dataset.busy;
  });
  window.addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    button.textContent = text;
  });
}

// The reasons of an answer while a model writes them: sentence by sentence in the place of those composed before.
class Writing {
  #answer;
  #events;
  #voice;
  #begun = new Set(); // texts of which the first sentence has come

  constructor(answer) {
    this.#answer = answer;
    this.#voice = this.#makeVoice();
    this.#events = new EventSource(answer.dataset.events);
    this.#events.addEventListener("sentence", (event) => this.#write(JSON.parse(event.data)));
    this.#events.addEventListener("book", (event) => this.#settle(JSON.parse(event.data)));
    this.#events.addEventListener("done", (event) => this.#end(JSON.parse(event.data)));
    // A browser comes back by itself from a lost connection; this is one that it has given up.
    this.#events.addEventListener("error", () => this.#events.readyState === EventSource.CLOSED && this.#lose());
    this.#say(answer.dataset.writing);
  }

  // Told once that it begins and once that it is done: nobody wants each sentence read out into another.
  #makeVoice() {
    const voice = document.createElement("p");
    voice.className = "visually-hidden";
    voice.setAttribute("role", "status");
    this.#answer.append(voice);
    return voice;
  }

  // A live region speaks only of what changes in it, so its words come a moment after it.
  #say(text) {
    setTimeout(() => (this.#voice.textContent = text), 300);
  }

  #reasonsOf(book) {
    return [...this.#answer.querySelectorAll("[data-book]")].find((reasons) => reasons.dataset.book === book);
  }

  #write({ book, part, text }) {
    const reasons = this.#reasonsOf(book);
    const paragraph = reasons?.querySelector(`[data-part="${part}"] p`);
    if (!paragraph) return;
    this.#keepHeight(reasons);
    const place = `${part} ${book}`;
    if (!this.#begun.has(place)) paragraph.replaceChildren();
    else paragraph.append(" ");
    this.#begun.add(place);
    paragraph.append(span("sentence", text));
  }

  #settle({ book, html }) {
    const reasons = this.#reasonsOf(book);
    if (!reasons) return;
    this.#keepHeight(reasons);
    reasons.innerHTML = html; // rendered by the server from the same template as the page
  }

  // A text that is shorter than the one before it leaves its room empty, so that nothing below moves up under the eyes.
  #keepHeight(place) {
    place.style.minHeight = `${place.getBoundingClientRect().height}px`;
  }

  #end({ books, state, timings }) {
    this.#events.close();
    for (const [book, html] of Object.entries(books)) this.#settle({ book, html });
    const cost = this.#answer.querySelector("[data-timings]");
    if (cost) cost.innerHTML = timings;
    this.#tell(state.trim() ? state : paragraphOf("notice", this.#answer.dataset.done).outerHTML);
  }

  #lose() {
    this.#tell(paragraphOf("notice", this.#answer.dataset.lost).outerHTML);
  }

  #tell(html) {
    const place = this.#answer.querySelector("[data-writing-state]");
    this.#keepHeight(place);
    place.innerHTML = html;
    this.#say(place.textContent.trim());
  }
}

function paragraphOf(className, text) {
  const paragraph = document.createElement("p");
  paragraph.className = className;
  paragraph.textContent = text;
  return paragraph;
}

document.querySelectorAll("[data-suggest]").forEach((input) => new Combobox(input));
document.querySelectorAll("[data-submit-on-change]").forEach(submitOnChange);
document.querySelectorAll("[data-busy]").forEach(showBusy);
document.querySelectorAll("[data-events]").forEach((answer) => new Writing(answer));
offerPrinting();
