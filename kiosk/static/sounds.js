// A sound that is being made: asked for until it is there, then played, for somebody pressed "Nghe thử" to hear it.
"use strict";

const ASK_AGAIN = 1000; // milliseconds

function awaitSounds(within) {
  for (const waiting of within.querySelectorAll("[data-wait]")) {
    setTimeout(() => askFor(waiting), ASK_AGAIN);
  }
}

async function askFor(waiting) {
  if (!waiting.isConnected) return; // another preview has taken its place
  const answer = await fetch(waiting.dataset.wait).catch(() => null);
  if (sessionOver(answer)) return;
  if (!answer || !answer.ok) { setTimeout(() => askFor(waiting), 3 * ASK_AGAIN); return; }
  const fresh = document.createElement("div");
  fresh.innerHTML = await answer.text();
  const parent = waiting.parentElement;
  waiting.replaceWith(...fresh.childNodes);
  const player = parent.querySelector("[data-play]");
  if (player) player.play().catch(() => {}); // a browser that plays nothing unasked shows the button instead
  awaitSounds(parent);
}

awaitSounds(document);
