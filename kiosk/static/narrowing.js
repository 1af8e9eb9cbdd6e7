// A list that follows what is typed above it. Without this script the form asks the server, which folds words the same way.
"use strict";

(() => {
  const D_WITH_STROKE = "\u0111"; // it does not come apart into a letter and a mark
  const folded = (text) => text.toLowerCase().replaceAll(D_WITH_STROKE, "d").normalize("NFD").replace(/\p{Mn}/gu, "").replace(/\s+/g, " ").trim();

  for (const form of document.querySelectorAll("[data-narrows]")) {
    if (form.elements.q.defaultValue) continue; // only what the server found is here
    const list = document.getElementById(form.dataset.narrows);
    const narrow = () => {
      const wanted = folded(form.elements.q.value);
      for (const section of list.querySelectorAll("section")) {
        const items = [...section.querySelectorAll("li")];
        for (const item of items) item.hidden = !folded(item.textContent).includes(wanted);
        section.hidden = items.every((item) => item.hidden);
      }
    };
    form.addEventListener("input", narrow);
    narrow(); // the browser may have brought back what was typed
  }
})();
