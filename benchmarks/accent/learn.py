"""Learn the accent of ``hanoi``: pushes that make two recognisers least surprised by sentences made for tuning.

    python -m benchmarks.accent.learn --minutes 120 --from announcer/voices/hanoi/accent-usual.npz --out usual.npz
    python -m benchmarks.accent.learn --for clear --from announcer/voices/hanoi/accent-clear.npz --out clear.npz

Gradient descent (Adam) through the network's sound piece and both recognisers. The usual accent is heard at the voice's own
pace, with a little noise or a bent spectrum and now and then in a room, so that no weakness of one recogniser is
learned; the clear one at the pace of the halls, mastered for them, most of the time in a room with a crowd. What comes out is
judged on sentences that were not learned from: ``python -m benchmarks.voice`` and ``benchmarks.intelligibility``. Prints a line of JSON
for every 20 sentences: the mean surprise per word of each ear, over these sentences, and how it changed since they were heard last.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  (its usual name)
from torch import Tensor

from announcer.phonology.words import utterance
from announcer.voices.hanoi import weights
from announcer.voices.hanoi.accent import load, places
from announcer.voices.hanoi.manner import Manner
from announcer.voices.hanoi.model import Model, Plan
from announcer.voices.hanoi.quicker import NORMS, quicker
from audio.acoustics.noise import babble
from audio.acoustics.rooms import impulse_response
from audio.mastering.equaliser import bell, high_pass
from audio.mastering.leveller import lift
from audio.mastering.profiles import Profile, profile
from audio.pcm import Pcm
from benchmarks.accent.ears import RATE, VietAsrEar, WhisperEar
from benchmarks.accent.graph import Graph

SENTENCES = Path(__file__).parents[1] / "sentences" / "tuning.txt"
CROWD_OF, CROWD_SECONDS = 12, 20.0  # sentences, said at once by many
CROWD_DB = (-14.0, -2.0)  # how loud a crowd is beside the speech
STEP, ENERGY_STEP, STYLE_STEP = 0.006, 0.003, 0.0018  # of Adam; at 0.05 it diverges
WHISPERS_SHARE = 0.16  # its surprise per word is six times viet-asr's
HELD_BACK = 0.0002  # times the squared pushes: what does not help goes back to nothing
BATCH = 2  # sentences a step
LONGEST_GRADIENT = 1.0
WARM_UP_STEPS = 8
REPORT = 20
SILENCE_SECONDS = (0.4, 0.3)  # before and after
QUIETEST_NOISE_DB, LOUDEST_NOISE_DB = -35.0, -8.0
MASTERED_AT = 48_000  # Hz, where the filters of mastering stand
NOTHING = 1e-5
LOW_PASS = torch.from_numpy(
    np.sinc(np.arange(-60, 61) / 3 * 0.95).astype(np.float32) * np.hamming(121).astype(np.float32)
)


@dataclass(frozen=True)
class Setting:
    """Where an accent is heard: at which share of the voice's own pace, mastered by which profile ("" for not at all), how
    often in one of which rooms, and how often a crowd is there, too.
    """

    pace: float
    mastering: str
    in_a_room: float
    rooms: tuple[str, ...]
    crowded: float


SETTINGS = {
    "usual": Setting(1.0, "", 0.15, ("hall", "waiting_room"), 0.0),
    "clear": Setting(0.85, "concourse", 0.7, ("hall", "hall", "concourse", "waiting_room"), 0.6),
}


@dataclass
class Pushes:
    """In units of the spread that each feature and the energy have in the sentences."""

    parts: list[str]
    features: Tensor
    energy: Tensor
    style: Tensor

    def all(self) -> list[Tensor]:
        return [self.features, self.energy, self.style]


class Voice:
    """The network's sound piece with pushes, as torch sees it. ``spread`` of features (512,), energy and style."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        self._sound = Graph(quicker(weights.pieces(weights.assembled())["sound"], NORMS).SerializeToString())
        features = np.concatenate([plan.values[weights.FEATURES][0] for plan in plans], axis=1)
        self.spread = torch.from_numpy(features.std(axis=1) + 1e-6)
        self.energy_spread = 2.0
        self.style_spread = float(plans[0].values[weights.STYLE_OF_SOUND].std())

    def says(self, plan: Plan, pushes: Pushes) -> Tensor:
        """At 16 kHz, the loudest sample at 0.8, shape (n,)."""
        rows = {part: row for row, part in enumerate(pushes.parts)}
        tokens = torch.tensor([rows.get(part, -1) for part in plan.parts])
        units = torch.repeat_interleave(tokens, torch.from_numpy(plan.durations))
        known = (units >= 0).float()
        values = {name: torch.from_numpy(value) for name, value in plan.values.items()}
        begin, end = ((pushes.features * self.spread)[units] * known[:, None, None]).permute(1, 2, 0)
        along = torch.from_numpy(places(plan.durations))
        values[weights.FEATURES] = values[weights.FEATURES] + begin + (end - begin) * along
        values[weights.ENERGY] = values[weights.ENERGY] + (
            self.energy_spread * pushes.energy[units] * known
        ).repeat_interleave(2)
        values[weights.STYLE_OF_SOUND] = values[weights.STYLE_OF_SOUND] + self.style_spread * pushes.style
        sound = at_16k(self._sound.run(values)[0].reshape(-1))
        before, after = (torch.zeros(round(seconds * RATE)) for seconds in SILENCE_SECONDS)
        padded = torch.cat([before, sound, after])
        return padded / padded.detach().abs().max() * 0.8


def at_16k(sound: Tensor) -> Tensor:
    """From 24 kHz: doubled, low-passed, every third sample."""
    doubled = torch.stack([sound, torch.zeros_like(sound)], 1).reshape(1, 1, -1)
    return F.conv1d(doubled, (LOW_PASS * 2 / LOW_PASS.sum())[None, None], stride=3, padding=60)[0, 0]


class Listening:
    """What becomes of a sound on its way to the ears."""

    def __init__(self, setting: Setting, crowd: Sequence[Tensor], dice: random.Random) -> None:
        self._setting, self._dice = setting, dice
        voices = [Pcm(one.numpy(), RATE) for one in crowd]
        self._crowd = torch.from_numpy(babble(voices, CROWD_SECONDS).samples) if voices else torch.zeros(1)

    def __call__(self, sound: Tensor) -> Tensor:
        if self._setting.mastering:
            sound = mastered(sound, profile(self._setting.mastering))
        if self._dice.random() >= self._setting.in_a_room:
            return disturbed(sound, self._dice)
        sound = in_room(sound, self._dice.choice(self._setting.rooms))
        return self._in_a_crowd(sound) if self._dice.random() < self._setting.crowded else sound

    def _in_a_crowd(self, sound: Tensor) -> Tensor:
        crowd = torch.roll(self._crowd, self._dice.randrange(len(self._crowd)))
        crowd = crowd.repeat(-(-len(sound) // len(crowd)))[: len(sound)]
        level = 10 ** (self._dice.uniform(*CROWD_DB) / 20)
        return sound + crowd / crowd.std() * sound.detach().std() * level


def mastered(sound: Tensor, how: Profile) -> Tensor:
    """The profile's high-pass, bells and lift; the lift as a gain that is known, for it has no gradient."""
    from scipy.signal import sosfreqz

    sections = np.stack(
        [high_pass(how.high_pass_hertz, MASTERED_AT), *(bell(band, MASTERED_AT) for band in how.bands)]
    )
    spectrum = torch.fft.rfft(sound)
    hertz = np.linspace(0, RATE / 2, len(spectrum))
    response = torch.from_numpy(np.abs(sosfreqz(sections, hertz, fs=MASTERED_AT)[1]).astype(np.float32))
    sound = torch.fft.irfft(spectrum * response, len(sound))
    plain = sound.detach().numpy()
    lifted = lift(Pcm(plain, RATE), how.lift).samples
    gain = np.where(np.abs(plain) > NOTHING, lifted / np.where(plain == 0, 1, plain), 1).astype(np.float32)
    return sound * torch.from_numpy(gain)


def disturbed(sound: Tensor, dice: random.Random) -> Tensor:
    """Most of the time with noise, white or dull, and often with a bent spectrum."""
    if dice.random() < 0.3:
        return sound
    noise = torch.randn_like(sound)
    if dice.random() < 0.6:
        spectrum = torch.fft.rfft(noise)
        slope = (torch.arange(len(spectrum)) + 8.0) ** -dice.uniform(0.2, 0.6)
        noise = torch.fft.irfft(spectrum * slope, len(sound))
    level = 10 ** (dice.uniform(QUIETEST_NOISE_DB, LOUDEST_NOISE_DB) / 20)
    sound = sound + noise / noise.std() * sound.detach().std() * level
    if dice.random() < 0.5:
        sound = sound + dice.uniform(-0.4, 0.4) * torch.cat([sound[:1], sound[:-1]])
    return sound


def in_room(sound: Tensor, room: str) -> Tensor:
    """As long as before: the echo of the last word is cut."""
    response = torch.from_numpy(impulse_response(room, RATE))
    size = len(sound) + len(response)
    heard = torch.fft.irfft(torch.fft.rfft(sound, size) * torch.fft.rfft(response, size), size)
    return heard[: len(sound)] / heard.detach().abs().max() * 0.8


def start(plans: Sequence[Plan], voice: Voice, before: Path | None) -> Pushes:
    """Nothing, or what was learned before."""
    parts = sorted({part for plan in plans for part in plan.parts} - {""})
    pushes = Pushes(parts, torch.zeros(len(parts), 2, 512), torch.zeros(len(parts)), torch.zeros(128))
    if before:
        learned = load(before)
        rows = [learned.rows.get(part, -1) for part in parts]
        pushes.features = torch.from_numpy(learned.features[rows]) / voice.spread
        pushes.energy = torch.from_numpy(learned.energy[rows]) / voice.energy_spread
        pushes.style = torch.from_numpy(learned.style) / voice.style_spread
    for tensor in pushes.all():
        tensor.requires_grad_()
    return pushes


def save(path: Path, pushes: Pushes, voice: Voice) -> None:
    def small(tensor: Tensor) -> Any:
        return tensor.detach().numpy().astype(np.float16)

    np.savez_compressed(
        path,
        parts=np.array(pushes.parts),
        features=small(pushes.features * voice.spread),
        energy=small(pushes.energy * voice.energy_spread),
        style=small(pushes.style * voice.style_spread),
    )


def learn(
    plans: Sequence[tuple[str, Plan]], voice: Voice, pushes: Pushes, setting: Setting, seconds: float
) -> Iterator[dict[str, float]]:
    """Changes ``pushes`` until ``seconds`` are over; yields a report every 20 sentences."""
    ears, dice = (VietAsrEar(), WhisperEar()), random.Random(1)
    listening = Listening(setting, crowd_of(plans, voice, pushes, setting), dice)
    sizes = (STEP, ENERGY_STEP, STYLE_STEP)
    optimiser = torch.optim.Adam([{"params": [p]} for p in pushes.all()], lr=STEP, betas=(0.9, 0.98))
    last: dict[int, tuple[float, float]] = {}
    found: list[tuple[float, ...]] = []
    began = time.monotonic()
    heard = 0
    while True:
        for text, plan in dice.sample(list(plans), len(plans)):
            sound = voice.says(plan, pushes)
            arrived = listening(sound)
            losses = [ear.surprise(arrived, text) for ear in ears]
            held_back = HELD_BACK * (
                pushes.features.square().mean((1, 2)).sum() + pushes.energy.square().sum() / 10
            )
            total = (
                losses[0] + WHISPERS_SHARE * losses[1] + held_back + HELD_BACK * pushes.style.square().mean()
            )
            (total / BATCH).backward()
            now = (float(losses[0].detach()), float(losses[1].detach()))
            found.append((*now, *(a - b for a, b in zip(now, last.get(id(plan), now), strict=True))))
            last[id(plan)], heard, over = now, heard + 1, (time.monotonic() - began) / seconds
            if heard % BATCH == 0:
                torch.nn.utils.clip_grad_norm_(pushes.all(), LONGEST_GRADIENT)
                for group, size in zip(optimiser.param_groups, sizes, strict=True):
                    group["lr"] = size * min(1.0, heard / BATCH / WARM_UP_STEPS) * (1 - 0.85 * min(over, 1.0))
                optimiser.step()
                optimiser.zero_grad()
            if heard % REPORT == 0 or over >= 1:
                names = ("viet_asr", "whisper", "viet_asr_change", "whisper_change")
                means = (round(float(mean), 3) for mean in np.mean(found, axis=0))
                yield {"heard": heard, **dict(zip(names, means, strict=True))}
                found.clear()
            if over >= 1:
                return


def crowd_of(
    plans: Sequence[tuple[str, Plan]], voice: Voice, pushes: Pushes, setting: Setting
) -> list[Tensor]:
    if not setting.crowded:
        return []
    with torch.no_grad():
        return [voice.says(plan, pushes) for _, plan in plans[:: max(1, len(plans) // CROWD_OF)]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--for", dest="setting", choices=SETTINGS, default="usual", help="which accent")
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument(
        "--sentences", type=Path, action="append", help="files; default: those made for tuning"
    )
    parser.add_argument("--from", dest="before", type=Path, help="what was learned before")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    wish = parser.parse_args()
    torch.set_num_threads(wish.threads)
    torch.manual_seed(1)
    lines = [
        line
        for file in wish.sentences or [SENTENCES]
        for line in file.read_text("utf-8").splitlines()
        if line
    ]
    model = Model(weights.folder())
    setting, usual = SETTINGS[wish.setting], Manner()
    manner = replace(usual, pace=usual.pace * setting.pace)
    plans = [(line, model.planned(utterance(line), manner)) for line in lines]
    voice = Voice([plan for _, plan in plans])
    pushes = start([plan for _, plan in plans], voice, wish.before)
    for report in learn(plans, voice, pushes, setting, wish.minutes * 60):
        print(json.dumps(report), flush=True)
        save(wish.out, pushes, voice)


if __name__ == "__main__":
    main()
