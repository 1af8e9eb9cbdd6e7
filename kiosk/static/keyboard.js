// The keyboard on the screen of a kiosk, for fields with data-keyboard; "open" opens it at once, data-keyboard-kind="tel", "email" or "code" takes
// a smaller one without Vietnamese. The focus stays in the field, so a keyboard that is plugged in works as ever. A phone has its own.
"use strict";

(() => {
  const fields = [...document.querySelectorAll("textarea[data-keyboard], input[data-keyboard]")];
  const atKiosk = "kiosk" in document.body.dataset && matchMedia("(min-width: 700px)").matches;
  if (!atKiosk || fields.length === 0) return;

  const HELD = 500, AGAIN = 90; // milliseconds until a held key repeats, and between
  const GONE = 200; // the page moves only when the touch that took the focus away has arrived
  const DIGITS = "1 2 3 4 5 6 7 8 9 0", LETTERS = ["q w e r t y u i o p", "a s d f g h j k l", "shift z x c v b n m erase"];
  const LAYERS = {
    letters: [DIGITS, ...LETTERS, "signs , space . ? enter"],
    signs: [DIGITS, "! : ; ' \" ( ) / @ #", "- + = & % _ ₫ $ €", "“ ” … ° * < > erase", "letters , space . ? enter"],
    email: [DIGITS, ...LETTERS, "@ . - _"],
    code: [DIGITS, ...LETTERS],
    tel: ["1 2 3", "4 5 6", "7 8 9", "+ 0 erase"],
  };
  const MODES = ["telex", "vni", "english"];
  const ICONS = { // on a square of 24
    shift: "M12 4 4.5 12H9v7h6v-7h4.5Z", erase: "M9 5h12v14H9l-6-7Zm4 4.5 5 5m0-5-5 5", enter: "M20 5v9H5m5-5-5 5 5 5",
    left: "M19 12H5m6-6-6 6 6 6", right: "M5 12h14m-6-6 6 6-6 6",
  };
  const SHOWN = { signs: "?!@", letters: "ABC" }; // where the name would be too long for its key
  const UNNAMED = new Set(["left", "right"]);
  // The letter that shows, in the corner of a key, what the key does to it.
  const ON = {
    telex: { s: "a", f: "a", r: "a", x: "a", j: "a", w: "u", a: "a", e: "e", o: "o", d: "d" },
    vni: { 1: "a", 2: "a", 3: "a", 4: "a", 5: "a", 6: "a", 7: "o", 8: "a", 9: "d" },
  };
  const SHIFTED = { "": "once", once: "lock", lock: "" };

  const words = document.getElementById("keyboard-words").dataset;
  const keyboard = made("div", { className: "keyboard", hidden: true });
  let field = null, shift = "", layer = "letters", mode = document.documentElement.lang === "vi" ? "telex" : "english";

  const ACTS = {
    space: () => write(" "), enter: () => write("\n"), erase, left: () => move(-1), right: () => move(1), done,
    shift: () => { shift = SHIFTED[shift]; label(); },
    signs: () => show("signs"), letters: () => show("letters"),
    ...Object.fromEntries(MODES.map((name) => [name, () => { mode = name; label(); }])),
  };
  const REPEATED = new Set(["erase", "left", "right"]);
  // These wait until the finger is lifted: what then lies under it must not be touched as well.
  const LATER = new Set(["done", "shift", "signs", "letters", ...MODES]);

  // Its keys

  function made(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function icon(path) {
    const [svg, line] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  function key(name) {
    const button = made("button", { type: "button", tabIndex: -1, className: name.length > 1 ? `key named ${name}` : "key" });
    button.dataset.key = name;
    if (name.length > 1) button.append(...named(button, name));
    else button.append(made("span", { textContent: name }), made("small", { className: "hint", ariaHidden: "true" }));
    return button;
  }

  function named(button, name) {
    const own = SHOWN[name] ?? words[name], drawn = ICONS[name] ? [icon(ICONS[name])] : [];
    if (own !== words[name] || UNNAMED.has(name)) button.ariaLabel = words[name];
    return UNNAMED.has(name) ? drawn : [...drawn, made("span", { textContent: own })];
  }

  function row(names) {
    return made("div", { className: "row" }, ...names.split(" ").map(key));
  }

  function build() {
    keyboard.role = "region";
    keyboard.ariaLabel = words.keyboard;
    const modes = made("div", { className: "modes", role: "group", ariaLabel: words.modes }, ...MODES.map(key));
    keyboard.append(made("div", { className: "bar" }, modes, ...["left", "right", "done"].map(key)));
    for (const [name, rows] of Object.entries(LAYERS)) keyboard.append(made("div", { className: `layer ${name}` }, ...rows.map(row)));
    document.body.append(keyboard);
  }

  const keys = (names) => [...keyboard.querySelectorAll(".key")].filter((one) => names.includes(one.dataset.key));

  // What stands on the keys follows shift and the mode.
  function label() {
    for (const one of keyboard.querySelectorAll(".key:not(.named)")) {
      const name = one.dataset.key, on = ON[typing()]?.[name];
      one.firstChild.textContent = cased(name);
      one.lastChild.textContent = on ? Vietnamese.typed(on, name, mode) : "";
    }
    for (const one of keys(MODES)) one.ariaPressed = String(one.dataset.key === mode);
    for (const one of keys(["shift"])) {
      one.ariaPressed = String(shift !== "");
      one.lastChild.textContent = shift === "lock" ? words.lock : words.shift;
    }
  }

  function show(name) {
    layer = name;
    for (const one of keyboard.querySelectorAll(".layer")) one.hidden = !one.classList.contains(layer);
    label();
  }

  // Coming and going

  const kind = () => field.dataset.keyboardKind ?? "letters";
  const typing = () => (layer === "letters" ? mode : "english"); // a figure among the signs is a figure

  function open(event) {
    field = event.target;
    shift = "";
    keyboard.hidden = false;
    keyboard.className = `keyboard ${kind()} ${field.localName}`;
    keyboard.querySelector(".modes").hidden = kind() !== "letters";
    for (const one of keys(["left", "right"])) one.hidden = field.selectionStart === null; // an address for mail has no caret to move
    show(kind());
    document.body.classList.add("typing");
    reveal();
  }

  function reveal() {
    const size = (element) => `${element?.offsetHeight ?? 0}px`, { style } = document.documentElement;
    style.setProperty("--keyboard", size(keyboard));
    style.setProperty("--ways", size(document.querySelector(".ways")));
    field?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    if (fields.includes(document.activeElement)) return;
    keyboard.hidden = true;
    document.body.classList.remove("typing");
    field = null;
  }

  function done() {
    field.blur();
    close();
  }

  // What they write

  const cased = (name) => (shift ? name.toUpperCase() : name);

  // Where no caret is to be had, it is at the end.
  const selected = () => [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length];

  function write(text) {
    const [from, to] = selected();
    const [word] = field.value.slice(0, from).match(/[\p{L}\p{M}\p{N}]*$/u);
    replace(from - word.length, to, Vietnamese.typed(word, text, typing()), "insertText");
    if (shift === "once") ACTS.shift(ACTS.shift());
  }

  function erase() {
    const [from, to] = selected();
    const [last] = from === to ? field.value.slice(0, from).match(/(?:\P{M}\p{M}*)?$/u) : [""];
    replace(from - last.length, to, "", "deleteContentBackward");
  }

  function replace(from, to, text, inputType) {
    const value = field.value.slice(0, from) + text + field.value.slice(to);
    const longest = field.maxLength < 0 ? Infinity : field.maxLength;
    if (value.length > Math.max(longest, field.value.length) || value === field.value) return;
    field.value = value;
    put(from + text.length);
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType, data: text || null }));
  }

  function move(step) {
    const [from, to] = selected();
    if (from === to) put(Math.max(from + step, 0)); else put(step < 0 ? from : to);
  }

  function put(at) {
    if (field.selectionStart !== null) field.setSelectionRange(at, at);
    if (at >= field.value.length) field.scrollTop = field.scrollHeight;
    field.scrollIntoView({ block: "nearest" });
  }

  // Being touched

  let repeating = 0;
  const press = (name) => (ACTS[name] ?? (() => write(cased(name))))();

  function down(event) {
    event.preventDefault(); // the field keeps the focus
    const button = event.target.closest(".key");
    if (!button || event.button) return;
    button.classList.add("down");
    if (LATER.has(button.dataset.key)) return;
    press(button.dataset.key);
    if (REPEATED.has(button.dataset.key)) repeating = setTimeout(repeat, HELD, button.dataset.key);
  }

  function repeat(name) {
    press(name);
    repeating = setTimeout(repeat, AGAIN, name);
  }

  function up() {
    clearTimeout(repeating);
    for (const one of keyboard.querySelectorAll(".down")) one.classList.remove("down");
  }

  // A click that no pointer made comes from a reader of screens.
  function click(event) {
    const name = event.target.closest(".key")?.dataset.key;
    if (name && (LATER.has(name) || !event.pointerType)) press(name);
  }

  build();
  keyboard.addEventListener("pointerdown", down);
  keyboard.addEventListener("mousedown", (event) => event.preventDefault());
  keyboard.addEventListener("click", click);
  for (const kind of ["pointerup", "pointercancel", "blur"]) addEventListener(kind, up);
  addEventListener("resize", reveal);
  for (const one of fields) {
    one.inputMode = "none";
    one.addEventListener("focus", open);
    one.addEventListener("blur", () => setTimeout(close, GONE));
  }
  fields.find((one) => one.dataset.keyboard === "open")?.focus();
  if (!field && fields.includes(document.activeElement)) open({ target: document.activeElement });
})();
