// Gathers what the microphone hears into pieces of a tenth of a second, as 16-bit samples.
"use strict";

const PIECE = 4800; // samples at 48 kHz

class Pieces extends AudioWorkletProcessor {
  piece = new Int16Array(PIECE);
  filled = 0;

  process([[channel]]) {
    for (const sample of channel ?? []) {
      this.piece[this.filled++] = Math.round(Math.max(-1, Math.min(1, sample)) * 32767);
      if (this.filled === PIECE) {
        this.port.postMessage(this.piece, [this.piece.buffer]);
        this.piece = new Int16Array(PIECE);
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor("pieces", Pieces);
