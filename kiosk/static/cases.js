// A case: reply templates begin the answer, and parts of a photo are chosen by dragging over it. Without this script answers are
// typed, and photos are not covered.
"use strict";

const answer = document.getElementById("answer");
for (const button of document.querySelectorAll("[data-reply]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    answer.value = [answer.value.trim(), button.dataset.reply].filter(Boolean).join("\n");
    answer.focus();
  });
}

// The browser's own field would speak the browser's language.
for (const field of document.querySelectorAll(".file input")) {
  const [name, chosen] = [field.previousElementSibling, field.nextElementSibling];
  const tell = () => { chosen.textContent = [...field.files].map((file) => file.name).join(", "); };
  field.classList.add("unseen");
  name.classList.add("button");
  field.addEventListener("change", tell);
  tell();
}

for (const form of document.querySelectorAll("[data-blacking]")) {
  const canvas = form.querySelector(".canvas");
  let start = null, shade = null;
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    const within = (value, size) => Math.min(1, Math.max(0, value / size));
    return [within(event.clientX - box.left, box.width), within(event.clientY - box.top, box.height)];
  };
  const between = ([a, b], [c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  const draw = ([left, top, right, bottom]) => {
    const percent = (share) => `${share * 100}%`;
    Object.assign(shade.style, { left: percent(left), top: percent(top), width: percent(right - left), height: percent(bottom - top) });
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (!form.querySelector("details").open) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    start = place(event);
    shade = canvas.appendChild(Object.assign(document.createElement("span"), { className: "shade" }));
  });
  canvas.addEventListener("pointermove", (event) => { if (start) draw(between(start, place(event))); });
  canvas.addEventListener("pointerup", (event) => {
    if (!start) return;
    const box = between(start, place(event));
    draw(box);
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "box", value: box.map((one) => one.toFixed(4)).join(",") }));
    start = null;
  });
}
