// What every page needs: the clock, and what must be held to happen.
"use strict";

const inHanoi = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

// The server's clock, not this machine's: a phone may be wrong by minutes.
const clock = document.querySelector("[data-clock]");
const ahead = Date.parse(clock.dateTime) - Date.now();
const serverTime = () => inHanoi.format(Date.now() + ahead);
setInterval(() => { clock.textContent = serverTime(); }, 1000);

// An urgent call is held, not tapped: with a finger, the mouse, Enter or the space bar. A button may have to be held always, or only
// while its form says "urgent"; the server is told that it was.
const HOLD = 1000;

for (const button of document.querySelectorAll("[data-hold]")) {
  let timer = 0;
  const form = button.form;
  const must = () => button.dataset.hold === "always" || form.elements.priority?.value === button.dataset.hold;
  const send = () => {
    if (!form.elements.held) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "held", value: "yes" }));
    form.requestSubmit(button);
  };
  const letGo = () => { clearTimeout(timer); timer = 0; button.classList.remove("held"); };
  const hold = () => {
    if (timer || !must()) return;
    button.classList.add("held");
    timer = setTimeout(() => { letGo(); send(); }, HOLD);
  };
  button.addEventListener("click", (event) => { if (must()) event.preventDefault(); });
  button.addEventListener("pointerdown", hold);
  for (const end of ["pointerup", "pointerleave", "pointercancel", "blur"]) button.addEventListener(end, letGo);
  button.addEventListener("keydown", (event) => { if (must() && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); hold(); } });
  button.addEventListener("keyup", letGo);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
}

const reload = document.querySelector("[data-reload]");
if (reload) setTimeout(() => location.reload(), reload.dataset.reload * 1000);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
