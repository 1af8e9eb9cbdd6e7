// The editor of a message: a preview that follows the typing, blanks put in by buttons, and a warning before words are lost.
"use strict";

const REST = 500; // milliseconds without a key, after which the preview is asked for

const form = document.getElementById("edit");
const beside = document.getElementById("preview");
let timer = 0;
let asked = 0;
let changed = false;

async function preview(act) {
  const number = ++asked;
  const data = new FormData(form);
  data.set("act", act);
  const answer = await fetch(form.dataset.preview, { method: "POST", body: data }).catch(() => null);
  if (number !== asked || sessionOver(answer) || !answer?.ok) return; // the words stay; the button still asks the server
  beside.innerHTML = await answer.text();
  awaitSounds(beside);
}

function lead() { // on a phone the preview is off the screen
  (beside.querySelector("[role=alert]") || beside.querySelector("h2")).focus();
}

form.addEventListener("input", () => {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(() => preview("preview"), REST);
});
beside.addEventListener("change", () => preview("preview"));
form.addEventListener("submit", (event) => {
  const act = event.submitter ? event.submitter.value : "save";
  if (act === "save") { changed = false; return; }
  event.preventDefault();
  clearTimeout(timer);
  preview(act).then(lead);
});
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

// Blanks go where the cursor was last, under a name that this text does not have yet: the other language's {time} is the same time.
let last = form.querySelector("textarea");
for (const area of form.querySelectorAll("textarea")) area.addEventListener("focus", () => { last = area; });

function freeName(kind) {
  let name = kind;
  for (let number = 2; last.value.includes(`{${name}}`); number += 1) name = `${kind}${number}`;
  return name;
}

document.querySelector("[data-inserts]").hidden = false;
for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => {
    last.setRangeText(`{${freeName(button.dataset.insert)}}`, last.selectionStart, last.selectionEnd, "end");
    last.focus();
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
if (form.elements["text-vi"].value && !document.querySelector("#preview .said, main > .notice.bad")) preview("preview");
