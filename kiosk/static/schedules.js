// The editor of a schedule: what it would do follows the typing; phrases by buttons; rows for more messages.
"use strict";

const REST = 600; // milliseconds without a key, after which the preview is asked for

const form = document.getElementById("edit");
const beside = document.getElementById("preview");
const sentence = form.elements.when;
let timer = 0;
let asked = 0;
let changed = false;

async function preview() {
  const number = ++asked;
  const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (number !== asked || sessionOver(answer) || !answer?.ok) return; // the words stay; the button still asks the server
  const typing = document.activeElement && beside.contains(document.activeElement) ? document.activeElement : null;
  const [name, at] = typing ? [typing.name, typing.selectionStart] : ["", 0];
  beside.innerHTML = await answer.text();
  const again = name && beside.querySelector(`[name="${CSS.escape(name)}"]`);
  if (again) { again.focus(); again.setSelectionRange(at, at); }
}

function lead() { // on a phone the preview is off the screen
  (beside.querySelector("[role=alert]") || beside.querySelector("h2")).focus();
}

function soon() {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(preview, REST);
}

form.addEventListener("input", soon);
beside.addEventListener("input", soon);
form.addEventListener("submit", (event) => {
  if (!event.submitter || event.submitter.value === "save") { changed = false; return; }
  event.preventDefault();
  clearTimeout(timer);
  preview().then(lead);
});
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

document.querySelector("[data-inserts]").hidden = false;
for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => {
    const before = sentence.value.trim().replace(/[,.]$/, "");
    sentence.value = before ? `${before}, ${button.dataset.insert}` : button.dataset.insert;
    sentence.focus();
    soon();
  });
}

const turns = document.querySelector("[data-turns]");
const add = document.querySelector("[data-add]");
add.hidden = false;
add.addEventListener("click", () => {
  const row = turns.lastElementChild.cloneNode(true);
  row.querySelector("select").value = "";
  row.querySelector("input").value = "1";
  turns.append(row);
  row.querySelector("select").focus();
});
if (sentence.value && !document.querySelector("#preview .said, main > .notice.bad")) preview();
