// Vietnamese as it is typed. Vietnamese.typed(word, key, mode) is the word before the caret after one more key, by "telex" or "vni"; any
// other mode adds what is on the key. It remembers nothing. A key marks a letter only where a syllable of Vietnamese can come of it, and
// stays itself elsewhere. The same mark twice takes it away again and leaves the key: "as", then "s", is "as".
"use strict";

const Vietnamese = (() => {
  // Each nucleus and what may follow it. What is being typed has some of the marks still to come, or some of the letters.
  const RHYMES = [
    ["a", "c ch i k m n ng nh o p t u y"], ["e", "c k m n ng o p t"], ["i", "ch k m n nh p t u"], ["o", "c i k m n ng p t"],
    ["u", "c i k m n ng p t"], ["y", "ch n nh p t u"], ["ia", ""], ["oa", "c ch i m n ng nh o p t y"], ["oe", "m n ng o t"],
    ["oo", "c k ng"], ["ua", ""], ["uy", "a ch n nh p t u"], ["ya", ""],
    ["ă", "c k m n ng p t"], ["â", "c k m n ng p t u y"], ["ê", "c ch k m n ng nh p t u"], ["ô", "c i k m n ng p t"],
    ["ơ", "i k m n ng p t"], ["ư", "c i k m n ng p t u"], ["iê", "c m n ng p t u"], ["oă", "c m n ng p t"], ["uâ", "c n ng p t y"],
    ["uê", "c ch n nh u"], ["uô", "c i m n ng p t"], ["uơ", ""], ["uyê", "m n ng t"], ["ưa", ""], ["ươ", "c i m n ng p t u"],
    ["yê", "c m n ng p t u"],
  ].flatMap(([nucleus, ends]) => ["", ...ends.split(" ")].map((end) => nucleus + end));
  const POSSIBLE = new Set(RHYMES.flatMap(unfinished));

  // The u of qu and the i of gi belong to the beginning of the syllable, and never bear its tone.
  const ONSET = /^(?:ngh?|nh|gh|gi(?![cmnpt]|$)|kh|ph|th|tr|ch|qu(?=.)|[bcdghklmnpqrstvx\u0111])?/iu;
  const STOPPED = /(?:c|ch|k|p|t)$/i; // such a syllable has only the tones that rise or fall short
  const HAT = "\u0302", BREVE = "\u0306", HORN = "\u031b";
  const [ACUTE, GRAVE, HOOK, TILDE, DOT] = ["\u0301", "\u0300", "\u0309", "\u0303", "\u0323"];
  const TONE = new RegExp(`[${ACUTE}${GRAVE}${HOOK}${TILDE}${DOT}]`, "g");

  // The two vowels u and o agree with one another, whichever of them was marked last; for decomposed letters.
  const AGREED = [
    [/^(u)(o\u031b)/i, `$1${HORN}$2`],
    [/^(u\u031b)(o)(?=[a-z])/i, `$1$2${HORN}`],
    [/^(u)\u031b(o\u0302)/i, "$1$2"],
  ];
  const ALONE = /^(?:h|kh|th)uo\u031b$/i; // the few syllables that end in u and a horned o

  const KEYS = {
    telex: {
      s: toned(ACUTE), f: toned(GRAVE), r: toned(HOOK), x: toned(TILDE), j: toned(DOT), z: toned(""), d: crossed,
      a: marked({ a: HAT }), e: marked({ e: HAT }), o: marked({ o: HAT }), w: first(horned, marked({ a: BREVE, o: HORN, u: HORN })),
    },
    vni: {
      1: toned(ACUTE), 2: toned(GRAVE), 3: toned(HOOK), 4: toned(TILDE), 5: toned(DOT), 0: toned(""), 9: crossed,
      6: marked({ a: HAT, e: HAT, o: HAT }), 7: marked({ o: HORN, u: HORN }), 8: marked({ a: BREVE }),
    },
  };

  function typed(word, key, mode) {
    if (!KEYS[mode]) return word + key;
    const composed = word.normalize("NFC"), act = KEYS[mode][key.toLowerCase()];
    return act?.(composed, key) ?? added(composed, key);
  }

  // A letter more can move the tone.
  function added(word, key) {
    const parts = apart(word + key);
    return parts ? whole(agreed(parts)) : word + key;
  }

  function toned(tone) {
    return (word, key) => {
      const parts = apart(word);
      if (!parts?.rhyme || (STOPPED.test(parts.rhyme) && [GRAVE, HOOK, TILDE].includes(tone))) return null;
      if (tone !== parts.tone) return whole({ ...parts, tone });
      return tone ? whole({ ...parts, tone: "" }) + key : null;
    };
  }

  // ``signs``: what each plain letter is given. The last letter that can bear it has it; who has it already loses it.
  function marked(signs) {
    return (word, key) => {
      const parts = apart(word), letters = [...(parts?.rhyme ?? "")];
      for (const [at, letter] of [...letters.entries()].reverse()) {
        const sign = signs[plain(letter).toLowerCase()];
        if (!sign) continue;
        if (letter.normalize("NFD").includes(sign)) return whole(without(parts, sign)) + key;
        const next = agreed({ ...parts, rhyme: letters.with(at, (plain(letter) + sign).normalize("NFC")).join("") });
        if (POSSIBLE.has(next.rhyme.toLowerCase())) return whole(next);
      }
      return null;
    };
  }

  // In Telex, w is a vowel of its own where there is none yet.
  function horned(word, key) {
    const parts = apart(word), horn = (u) => (u + HORN).normalize("NFC");
    if (parts?.rhyme === "") return word + horn(key === "W" ? "U" : "u");
    const alone = { [horn("u")]: "w", [horn("U")]: "W" }[parts?.rhyme];
    return alone && !parts.tone ? parts.onset + alone : null;
  }

  function crossed(word, key) {
    const parts = apart(word), other = { d: "\u0111", D: "\u0110", "\u0111": "d", "\u0110": "D" }[parts?.onset];
    if (!other) return null;
    return whole({ ...parts, onset: other }) + (plain(other).toLowerCase() === "d" ? key : "");
  }

  function first(...acts) {
    return (word, key) => acts.reduce((found, act) => found ?? act(word, key), null);
  }

  function without(parts, sign) {
    return { ...parts, rhyme: parts.rhyme.normalize("NFD").replaceAll(sign, "").normalize("NFC") };
  }

  function agreed(parts) {
    const rhyme = parts.rhyme.normalize("NFD");
    if (ALONE.test(parts.onset + rhyme)) return parts;
    return { ...parts, rhyme: AGREED.reduce((found, [from, to]) => found.replace(from, to), rhyme).normalize("NFC") };
  }

  // A syllable, or the beginning of one, as its onset, its rhyme and its tone; null where no syllable can come of it.
  function apart(word) {
    const decomposed = word.normalize("NFD");
    const letters = decomposed.replace(TONE, "").normalize("NFC"), [onset] = letters.match(ONSET);
    const rhyme = letters.slice(onset.length), tone = decomposed.match(TONE)?.[0] ?? "";
    return rhyme === "" || POSSIBLE.has(rhyme.toLowerCase()) ? { onset, rhyme, tone } : null;
  }

  function whole({ onset, rhyme, tone }) {
    const letters = [...rhyme], at = bearer(letters);
    return (onset + letters.map((letter, index) => (index === at ? letter + tone : letter)).join("")).normalize("NFC");
  }

  // Which letter bears the tone: the last one with a mark of its own, else the last vowel before a consonant, else the last but one.
  function bearer(letters) {
    const own = letters.findLastIndex((letter) => letter !== plain(letter));
    const vowels = letters.filter((letter) => /[aeiouy]/i.test(plain(letter))).length;
    if (own >= 0) return own;
    return vowels === letters.length && vowels > 1 ? vowels - 2 : vowels - 1;
  }

  function unfinished(rhyme) {
    const begun = [...rhyme].map((_, index) => [...rhyme].slice(0, index + 1));
    return begun.flatMap((letters) => letters.reduce(
      (found, letter) => found.flatMap((one) => [one + letter, one + plain(letter)]), [""]));
  }

  function plain(letter) {
    return letter.normalize("NFD")[0];
  }

  return { typed };
})();
