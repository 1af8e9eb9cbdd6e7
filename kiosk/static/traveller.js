// A traveller's screen: slides while nobody is there, reading aloud, and forgetting whoever has gone. Every page works without it.
"use strict";

const SLIDE = 10000; // milliseconds
const WARNING = 15; // seconds in which one may say that one is still there
const ASK_AGAIN = 1000, GIVE_UP = 60000;
const BEAT = 10000;

// The waiting screen: one slide after the other.
const slides = [...document.querySelectorAll(".slide")];
if (slides.length > 1) {
  let at = 0;
  setInterval(() => {
    slides[at].classList.remove("shown");
    at = (at + 1) % slides.length;
    slides[at].classList.add("shown");
  }, SLIDE);
}

// On a kiosk the screen goes back to its beginning when nobody touches it any more. On one's own phone nothing does.
const dialog = document.querySelector(".leaving");
const atKiosk = matchMedia("(min-width: 700px)").matches;
if (dialog && atKiosk && slides.length === 0) {
  const left = dialog.querySelector("[data-left]");
  let quiet = 0;
  const touched = () => { quiet = 0; if (dialog.open) dialog.close(); };
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, touched, { passive: true, capture: true });
  setInterval(() => {
    if (speaking() || document.body.hasAttribute("data-busy")) { quiet = 0; return; }
    quiet += 1;
    const seconds = Number(document.body.dataset.idle) + WARNING - quiet;
    if (seconds <= 0) location.replace(document.body.dataset.again);
    else if (seconds <= WARNING) { left.textContent = seconds; if (!dialog.open) dialog.showModal(); }
  }, 1000);
}

// Feedback tells whether it was given here or on somebody's own phone.
if (atKiosk) for (const field of document.querySelectorAll("[name=channel]")) field.value = "kiosk";

// One tap is one tap: a form that was sent is not sent again while its answer is on the way.
addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
for (const photo of document.querySelectorAll(".photo input")) {
  const tell = () => photo.closest(".photo").classList.toggle("filled", photo.files.length > 0);
  photo.addEventListener("change", tell);
  tell();
}

// Where the browser was started as a kiosk's, the page says that it lives each time it has drawn; deploy/kiosk has the watchdog.
const me = navigator.userAgent.match(/^loaga-kiosk\/([0-9a-f-]{36})$/)?.[1];
const beat = () => requestAnimationFrame(() => { fetch(`${document.body.dataset.screens}${me}/beat`).catch(() => {}); });
if (me) { beat(); setInterval(beat, BEAT); }

// The second tap of a double tap was meant for the page before; on this one it would choose whatever has come to lie there.
const TWICE = 500, NEAR = 60; // milliseconds, points
const before = JSON.parse(sessionStorage.getItem("tap"));
sessionStorage.removeItem("tap");
addEventListener("click", (event) => {
  const { clientX: x, clientY: y } = event, at = Date.now();
  if (before && at - before.at < TWICE && Math.hypot(x - before.x, y - before.y) < NEAR) {
    event.preventDefault();
    event.stopPropagation();
  } else if (event.pointerType) sessionStorage.setItem("tap", JSON.stringify({ x, y, at }));
}, true);

// A page out of the browser's memory would show somebody else's words.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("dragstart", (event) => event.preventDefault());

// Reading aloud: asked for until it is made, then played.
const aloud = document.querySelector("[data-aloud]");
let audio = null;
function speaking() { return Boolean(audio && !audio.paused); }

if (aloud) {
  const button = aloud.querySelector("button"), state = aloud.querySelector(".state");
  const tell = (word) => { state.textContent = word ? aloud.dataset[word] : ""; };
  button.hidden = false;

  async function sound() {
    const until = Date.now() + GIVE_UP;
    while (Date.now() < until) {
      const answer = await fetch(aloud.dataset.aloud);
      if (answer.status === 200) return true;
      if (answer.status !== 202) return false;
      await new Promise((done) => setTimeout(done, ASK_AGAIN));
    }
    return false;
  }

  button.addEventListener("click", async () => {
    if (speaking()) { audio.pause(); tell(""); return; }
    button.disabled = true;
    tell("waiting");
    try {
      if (!(await sound())) throw new Error("no sound");
      audio = new Audio(aloud.dataset.aloud);
      audio.addEventListener("ended", () => tell(""));
      await audio.play();
      tell("speaking");
    } catch {
      tell("failed");
    }
    button.disabled = false;
  });
}
