// The living part of a page. A stream says when something changed; the page then fetches that part anew. Where there is no
// stream (the server is away, or has as many as it bears), the page asks every two seconds and tries again. A tab that nobody
// sees lets go of its stream: a browser has six connections to a server, for all its tabs. Without this script the page reloads
// itself.
"use strict";

const ASK_EVERY = 2000; // milliseconds
const SILENT = 40000; // a stream says something every 15 seconds; longer silence means that nobody is there
const ANSWER_WITHIN = 10000;

const part = document.querySelector("[data-live]");
const lost = document.getElementById("lost");
let stream = null;
let shown = "";
let looking = false;
let again = false;
let timer = 0;

// Whoever is on a button with the keyboard stays on it.
function show(html) {
  if (html === shown) return;
  const on = part.contains(document.activeElement) ? document.activeElement : null;
  part.innerHTML = html;
  shown = html;
  if (on?.name) part.querySelector(`[name="${CSS.escape(on.name)}"][value="${CSS.escape(on.value)}"]`)?.focus();
}

async function fetched() {
  try {
    const answer = await fetch(part.dataset.live, { signal: AbortSignal.timeout(ANSWER_WITHIN) });
    if (!answer.ok) throw new Error(String(answer.status));
    if (answer.redirected) { location.reload(); return true; } // signed out meanwhile: the whole page says so
    show(await answer.text());
    lost.hidden = true;
    return true;
  } catch {
    if (lost.hidden) document.getElementById("lost-at").textContent = serverTime();
    lost.hidden = false;
    return false;
  }
}

// One answer at a time, or an older one could come last.
async function look() {
  again = true;
  if (looking) return;
  looking = true;
  let well = true;
  while (again && well) { again = false; well = await fetched(); }
  looking = false;
  if (!well) lose();
}

function listen() {
  letGo();
  stream = new EventSource(part.dataset.events);
  stream.onmessage = () => { // also when only its heart beats: who has this page open is not idle, and stays signed in
    waitFor(SILENT, lose);
    look();
  };
  stream.onerror = lose;
  waitFor(SILENT, lose);
}

function lose() {
  letGo();
  if (!document.hidden) waitFor(ASK_EVERY, ask);
}

async function ask() {
  const well = await fetched();
  if (well && !document.hidden) listen(); else lose();
}

function letGo() {
  stream?.close();
  stream = null;
  clearTimeout(timer);
}

function waitFor(milliseconds, then) {
  clearTimeout(timer);
  timer = setTimeout(then, milliseconds);
}

document.addEventListener("visibilitychange", () => { if (document.hidden) letGo(); else ask(); });
if (!document.hidden) listen();
