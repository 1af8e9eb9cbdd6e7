"""From spoken words to raw speech: the engines, and asking them in order.

base       the contract of a voice
registry   every voice, the order per language, and asking until one speaks
espeak     pyttsx3 over espeak-ng, always there      (helper process: espeak_child)
piper      neural voices in ONNX form                (helper process: piper_child)
google     gTTS, off unless switched on              (breaker, gtts_verified)
recorded   a person's clips, gaps filled by a voice  (matching, joining)
silent     for tests and simulation
estimate   how long words will take, without saying them
speech     what every voice checks before and after
child      a helper process and its time limit       (serving is the helper's side)
"""
