// Saying it instead of typing: recorded here, written down by the station, and put into the field to be corrected. Without a microphone
// nothing of it is shown.
"use strict";

(() => {
  const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
  const ASK_EVERY = 1000, GIVE_UP = 60000; // milliseconds
  const voice = document.querySelector("[data-voice]");
  if (!voice || !navigator.mediaDevices || !window.MediaRecorder) return;

  const button = voice.querySelector("button"), state = voice.querySelector(".state"), kept = voice.querySelector("label");
  const words = document.getElementById("words"), form = words.form;
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  let recorder = null;
  voice.hidden = false;

  const tell = (sentence) => { state.textContent = sentence; };
  const busy = (is) => { document.body.toggleAttribute("data-busy", is); };

  async function begin() {
    const microphone = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true, autoGainControl: true } });
    recorder = new MediaRecorder(microphone, { mimeType: KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)) });
    const pieces = [], end = setTimeout(() => finish(), Number(voice.dataset.longest) * 1000);
    recorder.ondataavailable = (event) => pieces.push(event.data);
    recorder.onstop = () => {
      clearTimeout(end);
      microphone.getTracks().forEach((track) => track.stop());
      send(new Blob(pieces, { type: recorder.mimeType })).catch(() => tell(voice.dataset.refused)).finally(() => busy(false));
    };
    busy(true);
    recorder.start();
    button.textContent = voice.dataset.end;
    tell(voice.dataset.speaking);
  }

  function finish() {
    if (recorder?.state === "recording") recorder.stop();
    button.textContent = voice.dataset.begin;
  }

  async function send(sound) {
    tell(voice.dataset.writing);
    const body = new FormData();
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append("sound", sound, "voice");
    const answer = await fetch(voice.dataset.voice, { method: "POST", body });
    if (!answer.ok) { tell((await answer.json()).mistake); return; }
    kept.hidden = false;
    show(await heard());
  }

  async function heard() {
    for (const until = Date.now() + GIVE_UP; Date.now() < until;) {
      const found = await (await fetch(voice.dataset.voice)).json();
      if (found.state !== "sent") return found;
      await wait(ASK_EVERY);
    }
    return { state: "unable" };
  }

  function show(found) {
    if (found.state !== "heard") { tell(voice.dataset.unable); return; }
    if (found.text) words.value = [words.value.trim(), found.text].filter(Boolean).join(" ");
    words.dispatchEvent(new Event("input", { bubbles: true }));
    tell(found.text ? voice.dataset.heard : voice.dataset.nothing);
  }

  button.addEventListener("click", () => {
    if (recorder?.state === "recording") finish();
    else begin().catch(() => tell(voice.dataset.refused));
  });
})();
