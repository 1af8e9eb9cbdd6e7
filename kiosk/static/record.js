// Records from the microphone into the form's own file field, lets it be heard, and sends the form so that a refusal loses no
// recording. Without this script a file is chosen and sent.
"use strict";

const form = document.querySelector("[data-record]");
const longest = Number(form.dataset.record); // seconds
const [start, stop, state, level, heard, mistake] =
  ["start", "stop", "state", "level", "heard", "mistake"].map((id) => document.getElementById(id));
const KINDS = [["audio/webm;codecs=opus", "webm"], ["audio/ogg;codecs=opus", "ogg"], ["audio/mp4", "m4a"]];
const MICROPHONE = { audio: { channelCount: 1, noiseSuppression: true, autoGainControl: true, echoCancellation: false } };
const said = document.querySelector(".recorder").dataset; // the sentences, in the language of the page
const WHY_NOT = { NotAllowedError: said.refused, NotFoundError: said.absent };
let stopping = () => {};

function refuse(sentence) {
  mistake.textContent = sentence;
  mistake.hidden = !sentence;
  if (sentence) mistake.scrollIntoView({ block: "nearest" });
}

async function record() {
  refuse("");
  const microphone = await navigator.mediaDevices.getUserMedia(MICROPHONE);
  const [type, ending] = KINDS.find(([kind]) => MediaRecorder.isTypeSupported(kind));
  const recorder = new MediaRecorder(microphone, { mimeType: type, audioBitsPerSecond: 96000 });
  const pieces = [];
  const watching = watch(microphone, Date.now());
  recorder.ondataavailable = (event) => pieces.push(event.data);
  recorder.onstop = () => {
    clearInterval(watching);
    microphone.getTracks().forEach((track) => track.stop());
    keep(new File(pieces, `ghi-am.${ending}`, { type }));
  };
  stopping = () => { if (recorder.state === "recording") recorder.stop(); };
  recorder.start();
  start.disabled = true;
  stop.disabled = false;
  stop.focus();
}

// Shows the seconds and how loud it is, and ends the recording in time.
function watch(microphone, began) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(microphone).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  return setInterval(() => {
    analyser.getFloatTimeDomainData(wave);
    level.value = Math.max(...wave.map(Math.abs));
    const seconds = Math.floor((Date.now() - began) / 1000);
    state.textContent = said.recording.replace("{0}", seconds).replace("{1}", longest);
    if (seconds >= longest) stopping();
  }, 100);
}

function keep(file) {
  const files = new DataTransfer();
  files.items.add(file);
  form.elements.sound.files = files.files;
  start.textContent = said.again;
  start.disabled = false;
  stop.disabled = true;
  level.value = 0;
  hear();
}

function hear() {
  const [file] = form.elements.sound.files;
  URL.revokeObjectURL(heard.src);
  heard.hidden = !file;
  if (!file) return;
  heard.src = URL.createObjectURL(file);
  state.textContent = said.taken.replace("{0}", () => file.name);
}

// The answer to a form that was taken leads elsewhere; a refusal is a page with its sentence.
async function send() {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (answer.type === "opaqueredirect") { location.assign(form.dataset.sent); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    refuse((page.getElementById("mistake") ?? page.querySelector("h1 + p")).textContent);
  } catch {
    refuse(said.lost);
  }
}

form.elements.sound.addEventListener("change", hear);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const buttons = [...form.querySelectorAll("button:not([type=button])")];
  buttons.forEach((button) => { button.disabled = true; });
  await send();
  buttons.forEach((button) => { button.disabled = false; });
});
start.addEventListener("click", () => record().catch((error) => refuse(WHY_NOT[error.name] ?? said.broken.replace("{0}", error.name))));
stop.addEventListener("click", () => stopping());

// The browser's own field would speak the browser's language; what is missing, the server says.
form.elements.sound.classList.add("unseen");
form.querySelector(".file span").classList.add("button");
form.noValidate = true;
if (navigator.mediaDevices && window.MediaRecorder) document.querySelector(".recorder").hidden = false;
