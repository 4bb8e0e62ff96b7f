// One key, one grade. Without this script every button is a form of its own, and everything works the same, slower.

(() => {
  "use strict";

  const form = document.getElementById("books");
  if (!form) return;

  const undo = document.getElementById("undo");
  const next = document.getElementById("next");
  const message = document.getElementById("message");
  const books = [...form.querySelectorAll("article[data-item]")];
  let current = books.find((book) => !isJudged(book)) || books[0];
  let sending = Promise.resolve(); // one after the other: two quick keys must not overtake each other

  function isJudged(book) {
    return "pending" in book.dataset || book.querySelector('[aria-pressed="true"]') !== null;
  }

  function choose(book, { focus = true } = {}) {
    if (!book) return;
    books.forEach((each) => each.classList.toggle("current", each === book));
    current = book;
    if (!focus) return;
    book.focus({ preventScroll: true });
    book.scrollIntoView({ block: "nearest" });
  }

  function step(distance) {
    choose(books[books.indexOf(current) + distance]);
  }

  function cross(side) {
    const there = books.filter((book) => book.dataset.side === String(side));
    const here = books.filter((book) => book.dataset.side === current.dataset.side);
    if (there.length && !there.includes(current)) choose(there[Math.min(here.indexOf(current), there.length - 1)]);
  }

  function goOn(from) {
    const after = [...books.slice(books.indexOf(from) + 1), ...books];
    const open = after.find((book) => !isJudged(book));
    if (open) choose(open);
    else next.focus();
  }

  async function send(action, fields) {
    const response = await fetch(action, {
      method: "POST",
      keepalive: true, // a key pressed just before the page is left is kept, too
      headers: { Accept: "application/json" },
      body: new URLSearchParams(fields),
    });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  function show(state) {
    for (const book of books.filter((each) => each.dataset.item === state.item)) {
      for (const button of book.querySelectorAll("[name=grade]")) {
        const value = button.value.split(":")[1];
        const pressed = value === "skip" ? state.skipped : state.grade !== null && value === String(state.grade);
        button.setAttribute("aria-pressed", String(pressed));
      }
      book.querySelector(".given").value = state.given;
    }
    document.getElementById("progress").value = state.judged;
    document.getElementById("progress-text").textContent = state.progress;
    message.textContent = state.message;
  }

  function post(action, fields, then, failed = () => {}) {
    sending = sending
      .then(() => send(action, fields))
      .then((state) => {
        message.classList.remove("failed");
        then(state);
      })
      .catch(() => {
        message.textContent = message.dataset.failed;
        message.classList.add("failed");
        failed();
      });
  }

  function give(book, value) {
    const same = books.filter((each) => each.dataset.item === book.dataset.item);
    const settle = () => same.forEach((each) => delete each.dataset.pending);
    // Counted as judged at once, so that the next key means the next book; what is shown is what the server kept.
    same.forEach((each) => (each.dataset.pending = ""));
    const kept = (state) => {
      settle();
      show(state);
    };
    const lost = () => {
      settle();
      choose(book);
    };
    post(form.action, { grade: `${book.dataset.item}:${value}` }, kept, lost);
    goOn(book);
  }

  function takeBack() {
    post(undo.action, {}, (state) => {
      const book = books.find((each) => each.dataset.item === state.item);
      if (state.item && !book) location.assign(state.address);
      show(state);
      choose(book);
    });
  }

  form.addEventListener("submit", (event) => {
    if (!event.submitter) return;
    event.preventDefault();
    give(event.submitter.closest("article"), event.submitter.value.split(":")[1]);
  });

  undo.addEventListener("submit", (event) => {
    event.preventDefault();
    takeBack();
  });

  form.addEventListener("focusin", (event) => choose(event.target.closest("article[data-item]"), { focus: false }));

  const keys = {
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
    ArrowLeft: () => cross(0),
    ArrowRight: () => cross(1),
    s: () => give(current, "skip"),
    u: takeBack,
    n: () => sending.then(() => next.click()),
    p: () => sending.then(() => document.querySelector("[rel=prev]")?.click()),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target.closest("input, textarea, select")) return;
    // By the key's place for letters: with a Korean layout, S gives ㄴ.
    const name = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
    const action = /^[0-5]$/.test(name) ? () => give(current, name) : keys[name];
    if (!action || !current) return;
    event.preventDefault();
    action();
  });

  choose(current, { focus: false });
})();
