// Speaks live: opens the zones, sends what the microphone hears, and shows how each zone takes it.
"use strict";

const form = document.querySelector("[data-call]");
const { call: address, worklet, longest, refused, absent, broken, lost, seconds, done } = form?.dataset ?? {};
const [start, stop, state, level, zones, story, mistake] =
  ["start", "stop", "state", "level", "zones", "story", "mistake"].map((id) => document.getElementById(id));
const MICROPHONE = { audio: { channelCount: 1, noiseSuppression: true, autoGainControl: true, echoCancellation: true } };
const RATE = 48000;
const MOST = 3 * RATE; // samples in one letter to the server
let live = null; // { context, microphone, answer, pieces, sending, began }

function refuse(sentence) {
  mistake.textContent = sentence;
  mistake.hidden = !sentence;
  if (sentence) mistake.scrollIntoView({ block: "nearest" });
}

async function post(to, body, type) {
  const headers = { "X-CSRFToken": form.elements.csrf_token.value };
  if (type) headers["Content-Type"] = type;
  const answer = await fetch(to, { method: "POST", body, headers });
  if (answer.status === 400 && to === address) throw new Refused((await answer.json()).mistake);
  if (!answer.ok) throw new Error(lost);
  return answer.json();
}

class Refused extends Error {}

async function open() {
  refuse("");
  const microphone = await navigator.mediaDevices.getUserMedia(MICROPHONE);
  const context = new AudioContext({ sampleRate: RATE });
  live = { context, microphone, pieces: [], sending: false };
  microphone.getTracks().forEach((track) => track.addEventListener("ended", close)); // it was unplugged
  await context.audioWorklet.addModule(worklet);
  live.answer = await post(address, new FormData(form));
  live.began = Date.now();
  story.href = live.answer.story;
  story.hidden = true;
  const low = new BiquadFilterNode(context, { type: "highpass", frequency: 120 });
  const pieces = new AudioWorkletNode(context, "pieces", { numberOfOutputs: 0 });
  pieces.port.onmessage = (event) => heard(event.data);
  context.createMediaStreamSource(microphone).connect(low).connect(pieces);
  stop.disabled = false;
  stop.focus();
}

function heard(piece) {
  if (!live) return;
  live.pieces.push(piece);
  level.value = piece.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 32767;
  const now = Math.floor((Date.now() - live.began) / 1000);
  state.textContent = seconds.replace("{0}", now).replace("{1}", longest);
  if (now >= Number(longest)) close();
  else send();
}

// One letter at a time; what is heard meanwhile goes into the next one.
async function send() {
  if (live.sending) return;
  const one = live;
  one.sending = true;
  while (live === one && one.pieces.length) {
    const body = joined(one.pieces.splice(0));
    try {
      const answer = await post(one.answer.sound, body, "application/octet-stream");
      if (live !== one) return;
      show(answer.zones);
      if (answer.over) await close();
    } catch {
      if (live === one) { refuse(lost); await close(); }
    }
  }
  one.sending = false;
}

function joined(pieces) {
  const all = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  pieces.reduce((at, piece) => { all.set(piece, at); return at + piece.length; }, 0);
  return all.subarray(Math.max(0, all.length - MOST));
}

function show(states) {
  const lines = states.map(({ name, state: how, words }) => {
    const line = document.createElement("li");
    line.dataset.state = how;
    line.textContent = `${name}: ${words}`;
    return line;
  });
  if (zones.textContent !== lines.map((line) => line.textContent).join("")) zones.replaceChildren(...lines);
}

async function close() {
  const one = live;
  live = null;
  if (!one) return;
  silence(one);
  if (!one.answer) return;
  state.textContent = done;
  story.hidden = false;
  try {
    show((await post(one.answer.end, new FormData(form))).zones);
  } catch {
    refuse(lost);
  }
}

function silence({ microphone, context }) {
  microphone.getTracks().forEach((track) => track.stop());
  context.close();
  level.value = 0;
  start.disabled = false;
  stop.disabled = true;
  start.focus();
}

function why(error) {
  if (error instanceof Refused) return error.message;
  return { NotAllowedError: refused, NotFoundError: absent, TypeError: lost }[error.name] ?? (error.message === lost ? lost : broken);
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  start.disabled = true;
  open().catch((error) => {
    start.disabled = false;
    if (live) { silence(live); live = null; }
    refuse(why(error));
  });
});
stop?.addEventListener("click", close);
window.addEventListener("pagehide", () => {
  if (live?.answer) navigator.sendBeacon(live.answer.end, new FormData(form));
});
if (form && navigator.mediaDevices && window.AudioWorkletNode) start.disabled = false;
