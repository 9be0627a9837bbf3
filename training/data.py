"""Training data as lists of examples: treebanks, names, and texts with their events marked."""
import csv
import glob
import json
import os
import random
import re
import sys

from encoder import CLS, MAX_PIECES, SEP, UNK, case_shape, tokenizer
from words import sentences, words

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "corpus"))
import check  # noqa: E402  the corpus' own reader

T = tokenizer()
TYPES = ["-"] + list(check.MODES)
MODES = ["-"] + sorted(f"{t}.{m}" for t in check.MODES for m in check.MODES[t])
STATUS = check.STATUS
# Arguments are labelled in three layers, since a speaker may be the actor too and terms hold mentions.
ARGS = (["-", "actor", "recipient", "third_party", "when", "where", "deadline"], ["-", "terms", "condition"], ["-", "speaker"])
PARTS = ["-"] + check.PARTS
NAMES = ["O"] + [f"{b}-{k}" for k in ("PER", "ORG", "LOC", "MISC") for b in "BI"]
MAX_SUBWORDS = 200


class Example:
    """Subwords of a sentence, and where each word begins among them."""

    def __init__(self, forms):
        self.ids, self.case, self.first = [CLS], [0], []
        for w, e in zip(forms, T.encode_batch(forms, add_special_tokens=False)):
            self.first.append(len(self.ids))
            pieces = (e.ids or [UNK])[:MAX_PIECES]
            self.ids += pieces
            self.case += [case_shape(w)] * len(pieces)
        self.ids.append(SEP)
        self.case.append(0)
        self.forms = forms


# ---- treebanks

def lemma_script(form, lemma):
    """How to get the lemma from the form: `<cut>:<add>` on the lower-cased form, `W:` for a whole word, T for a capital."""
    f, low = form.lower(), lemma.lower()
    if lemma == form and form != f:
        return "=C"
    capital = ""
    if lemma != low:
        if low == f:
            return "=T" if lemma == f[:1].upper() + f[1:] else "=C"
        capital = "T" if lemma[:1].isupper() else ""
    i = 0
    while i < min(len(f), len(low)) and f[i] == low[i]:
        i += 1
    return f"{capital}W:{low}" if i == 0 else f"{capital}{len(f) - i}:{low[i:]}"


def apply_script(form, script):
    f = form.lower()
    if script == "=C":
        return form
    if script == "=T":
        return f[:1].upper() + f[1:]
    capital = script.startswith("T")
    script = script[1:] if capital else script
    if script.startswith("W:"):
        r = script[2:]
    else:
        n, add = script.split(":", 1)
        r = (f[: -int(n)] if int(n) else f) + add
    return r[:1].upper() + r[1:] if capital else r


TITLES = set(
    "president minister mr. mrs. ms. dr. sir lord lady prof. professor general king queen prince princess senator "
    "governor mayor captain colonel judge justice secretary chancellor pope bishop saint st. chairman director".split())


def conllu_names(rows):
    """Names from GUM's `Entity=` brackets: the run of proper nouns round the head of a person, organisation or place.
    A capitalised word outside them is not judged (-1): those brackets do not mark nationalities, events and works."""
    n = len(rows)
    out = ["O" if not (r[1][:1].isupper() and r[3] in ("PROPN", "ADJ") and i > 0) else None for i, r in enumerate(rows)]
    if not any("Entity=" in r[9] for r in rows):
        return None
    stack, found = [], []
    for i, r in enumerate(rows):
        m = re.search(r"Entity=([^|]+)", r[9])
        if not m:
            continue
        for piece in re.findall(r"\([^()]*|\)|[^()]+\)", m.group(1)):
            if piece.startswith("("):
                parts = piece[1:].split("-")
                stack.append((i, parts[1] if len(parts) > 1 else "", parts[0]))
            if piece.endswith(")") and stack:
                a, kind, _ = stack.pop()
                found.append((a, i + 1, kind))
    kinds = {"person": "PER", "organization": "ORG", "place": "LOC"}
    for a, b, kind in sorted(found, key=lambda x: x[0] - x[1]):
        if kind not in kinds:
            continue
        heads = [i for i in range(a, b) if not (a < int(rows[i][6]) <= b)]
        if len(heads) < 1 or rows[heads[0]][3] != "PROPN":
            continue
        h = lo = heads[0]
        hi = h + 1
        while lo > a and (rows[lo - 1][3] == "PROPN" or (rows[lo - 1][1] in ("of", "-") and lo - 2 >= a and rows[lo - 2][3] == "PROPN")):
            lo -= 1
        while hi < b and (rows[hi][3] == "PROPN" or (rows[hi][1] in ("of", "-", "for") and hi + 1 < b and rows[hi + 1][3] == "PROPN")):
            hi += 1
        if kinds[kind] == "PER":
            while lo < h and rows[lo][1].lower() in TITLES:
                lo += 1
        if any(out[i] and out[i] != "O" for i in range(lo, hi)):
            continue
        for i in range(lo, hi):
            out[i] = ("B-" if i == lo else "I-") + kinds[kind]
    return out


def read_conllu(files):
    """(sent_id, rows) of every sentence."""
    for name in files:
        key, rows = "", []
        for line in list(open(name, encoding="utf8")) + ["\n"]:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    yield key, rows
                rows = []
            elif line.startswith("# sent_id = "):
                key = line[12:]
            elif line[0] != "#":
                x = line.split("\t")
                if x[0].isdigit():
                    rows.append(x)


def treebank(files, limit=256, names=None):
    """Sentences of CoNLL-U files. `names`: a file with names of sentences that have no `Entity=` brackets, one sentence
    a line: sent_id TAB `first-last KIND` ..., words counted from 1; a sentence that it leaves out has no names."""
    named = {}
    if names and os.path.exists(names):
        for line in open(names, encoding="utf8"):
            key, _, rest = line.rstrip("\n").partition("\t")
            named[key] = [x.split() for x in rest.split("\t") if x]
    out = []
    for key, rows in read_conllu(files):
        d = Example([r[1] for r in rows])
        if len(d.ids) > limit:
            continue
        d.upos, d.xpos, d.feats, d.rel = ([r[i] for r in rows] for i in (3, 4, 5, 7))
        d.head = [int(r[6]) for r in rows]
        d.lemma = [r[2] for r in rows]
        d.script = [lemma_script(r[1], r[2]) for r in rows]
        d.names = conllu_names(rows)
        if d.names is None and named and not key.startswith("GUM"):
            # capitalised words that are no proper nouns (nationalities, religions) were marked only here and there
            d.names = [None if i and r[1][:1].isupper() and r[3] != "PROPN" else "O" for i, r in enumerate(rows)]
            for span, kind in named.get(key, []):
                a, b = (int(x) for x in span.split("-"))
                d.names[a - 1:b] = ["B-" + kind] + ["I-" + kind] * (b - a)
        out.append(d)
    return out


def own_trees():
    """Sentences that were written and parsed for this project."""
    return treebank([os.path.join(HERE, "..", "treebank", "news-train.conllu")])


def own_names(folder, wikinews):
    """Names marked for this project. *.bio: own sentences as columns of word and tag; *.txt: own sentences with names in
    brackets, `[PER Amina Otieno]`; wikinews.tsv: places of names in articles whose text lies in the file `wikinews`:
    address TAB `part:first-last` (T title, X text, characters) TAB `first-last KIND` within that piece ..."""
    out = []
    for f in sorted(glob.glob(os.path.join(folder, "*.bio"))):
        out += column_names(f)
    for f in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        out += [named(*plain) for plain in map(unbracket, open(f, encoding="utf8")) if plain[0]]
    marks = os.path.join(folder, "wikinews.tsv")
    if os.path.exists(marks) and os.path.exists(wikinews):
        csv.field_size_limit(1 << 30)
        texts = {r["url"]: r for r in csv.DictReader(open(wikinews, encoding="utf8"))}
        for line in open(marks, encoding="utf8"):
            url, place, *spans = line.rstrip("\n").split("\t")
            part, at = place.split(":")
            a, b = map(int, at.split("-"))
            text = texts[url]["title" if part == "T" else "text"][a:b]
            out.append(named(text, [(*map(int, s.split(" ")[0].split("-")), s.split(" ")[1]) for s in spans]))
    return out


def unbracket(line):
    """The text of a line with bracketed names, and their spans."""
    text, spans, at = "", [], 0
    for m in re.finditer(r"\[(PER|ORG|LOC|MISC) ([^\[\]]+)\]", line.strip()):
        text += line[at:m.start()]
        spans.append((len(text), len(text) + len(m[2]), m[1]))
        text += m[2]
        at = m.end()
    return text + line.strip()[at:], spans


def named(text, spans):
    d = example_of(text)
    d.names = ["O"] * len(d.spans)
    for a, b, kind in spans:
        for n, i in enumerate(cover(d, (a, b))):
            d.names[i] = ("I-" if n else "B-") + kind
    return d


def column_names(file, keep=slice(None)):
    """Token and tag, IOB1 or bare kinds, blank line between sentences."""
    out, forms, tags = [], [], []
    for line in list(open(file, encoding="utf8")) + ["\n"]:
        x = line.split()
        if len(x) >= 2:
            forms.append(x[0])
            tags.append(x[-1])
        elif forms:
            d = Example(forms)
            d.names, last = [], "O"
            for t in tags:
                if t == "?":  # not judged
                    d.names.append(None)
                    last = "O"
                    continue
                kind = t.split("-")[-1]
                d.names.append("O" if t == "O" else ("B-" if last != kind or t.startswith("B-") else "I-") + kind)
                last = "O" if t == "O" else kind
            if len(d.ids) <= 256:
                out.append(d)
            forms, tags = [], []
    return out[keep]


def runs_of(d):
    """(first word, word after the last, kind) of every name of an example."""
    out = []
    for i, tag in enumerate(d.names):
        if tag and tag[0] == "B":
            out.append([i, i + 1, tag[2:]])
        elif tag and tag[0] == "I" and out and out[-1][1] == i:
            out[-1][1] += 1
    return out


def mentions_of(examples):
    """The different names of each kind, as lists of words. Works, events and nationalities (MISC) stand in sentences of
    such different make that none can take another's place."""
    found = {k: set() for k in ("PER", "ORG", "LOC")}
    for d in examples:
        for a, b, kind in runs_of(d):
            if kind in found and d.forms[a][:1].isupper() and b - a < 8:
                found[kind].add(tuple(d.forms[a:b]))
    return {k: sorted(v) for k, v in found.items()}


def exchanged(d, mentions, rng):
    """The same sentence with some of its names exchanged for others of their kind."""
    if not any(f[:1].islower() for f in d.forms):  # a headline in capitals keeps its look
        return d
    forms, tags, at = [], [], 0
    for a, b, kind in runs_of(d):
        if kind not in mentions or rng.random() < 0.4 or not d.forms[a][:1].isupper() or d.forms[a].isupper() and b == a + 1:
            continue
        new = rng.choice(mentions[kind])
        forms += d.forms[at:a] + list(new)
        tags += d.names[at:a] + ["B-" + kind] + ["I-" + kind] * (len(new) - 1)
        at = b
    if not at:
        return d
    out = Example(forms + d.forms[at:])
    out.names = tags + d.names[at:]
    return out if len(out.ids) <= 256 else d


# ---- texts with events

def example_of(text):
    spans, forms = [], []
    for a, b in words(text):
        spans.append((a, b))
        forms.append(text[a:b])
    d = Example(forms)
    while len(d.ids) > MAX_SUBWORDS:  # cut at a word
        last = d.first.pop()
        d.ids, d.case = d.ids[:last] + [SEP], d.case[:last] + [0]
    d.spans, d.text = spans[: len(d.first)], text
    return d


def cover(d, span):
    return [i for i, (a, b) in enumerate(d.spans) if a < span[1] and b > span[0]]


def with_events(text, events):
    """events: dicts with type, mode, status, p and lists of character spans by argument name."""
    d = example_of(text)
    n = len(d.spans)
    d.types, d.events = [0] * n, []
    for e in events:
        p = cover(d, e["p"])
        if not p:
            continue
        t = TYPES.index(e["type"])
        for i in p:
            d.types[i] = t
        layers = [[0] * n for _ in ARGS]
        parts = [-1] * n
        for k, names in enumerate(ARGS):
            for name in reversed(names[1:]):  # the actor is written last and wins
                for span in e.get(name, []):
                    for i in cover(d, span):
                        layers[k][i] = names.index(name)
        for span, part in e.get("parts", []):
            for i in cover(d, span):
                parts[i] = PARTS.index(part)
        mode = MODES.index(f"{e['type']}.{e['mode']}") if e.get("mode") else 0
        sides = [cover(d, s) for s in e.get("actor", [])], [cover(d, s) for s in e.get("recipient", [])]
        d.events.append((p, t, mode, STATUS.index(e["status"]), layers, parts, sides))
    return d


def corpus_texts(folder):
    """(text, events with character spans) of every good line."""
    key = {"a": "actor", "r": "recipient", "say": "speaker"}
    one = {"terms": "terms", "cond": "condition", "where": "where", "when": "when", "deadline": "deadline"}
    for f in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
        for line in open(f, encoding="utf8"):
            if not line.strip():
                continue
            x, faults = check.check(line)
            if faults:
                continue
            text, events = x["text"], []
            for e in x["events"]:
                g = {"type": e["type"], "mode": e["mode"], "status": e["status"], "p": check.locate(text, e["p"])}
                for k, name in key.items():
                    g[name] = [check.locate(text, m) for m in e.get(k, [])]
                for k, name in one.items():
                    g[name] = [check.locate(text, e[k])] if e.get(k) else []
                g["parts"] = [(check.locate(text, m), part) for m, part in e.get("x", [])]
                g["third_party"] = [s for s, _ in g["parts"]]
                events.append(g)
            yield text, events


def by_sentence(text, events):
    """The same, cut into sentences; what an event has outside its sentence is left out."""
    cuts = sentences(text)
    if len(cuts) < 2:
        yield text, events
        return
    for a, b in cuts:
        inside = lambda s: a <= s[0] and s[1] <= b
        shift = lambda s: (s[0] - a, s[1] - a)
        mine = []
        for e in events:
            if not inside(e["p"]):
                continue
            g = dict(e, p=shift(e["p"]))
            for k, v in e.items():
                if k == "parts":
                    g[k] = [(shift(s), p) for s, p in v if inside(s)]
                elif isinstance(v, list):
                    g[k] = [shift(s) for s in v if inside(s)]
            mine.append(g)
        yield text[a:b], mine


def article_sentences(folder, keep):
    """Sentences of articles read in full, with their events; keep(i) chooses articles by their place in name order."""
    for n, f in enumerate(sorted(glob.glob(os.path.join(folder, "*.json")))):
        if not keep(n):
            continue
        doc = json.load(open(f, encoding="utf8"))
        entities = {e["id"]: e for e in doc["entities"]}
        for key, text in [("T", doc["title"])] + [(str(i), p) for i, p in enumerate(doc["paragraphs"])]:
            def here(m):
                k, piece = m.split(":", 1)
                if k != key:
                    return None
                try:
                    return check.locate(text, piece if "#" in piece else piece + "#1")
                except ValueError:
                    return None
            events = []
            for e in doc["events"]:
                p = here(e["p"])
                if not p:
                    continue
                g = {"type": e["type"], "mode": e.get("mode"), "status": e["status"], "p": p}
                if g["mode"] not in check.MODES[g["type"]]:
                    g["mode"] = None
                bounds = next(((a, b) for a, b in sentences(text) if a <= p[0] < b), (0, len(text)))

                def near(i):
                    """The entity's mention nearest to the predicate inside its sentence."""
                    spans = [s for s in map(here, entities.get(i, {"mentions": []})["mentions"]) if s and bounds[0] <= s[0] and s[1] <= bounds[1]]
                    return min(spans, key=lambda s: abs(s[0] - p[0]), default=None)
                for k, name in (("a", "actor"), ("r", "recipient"), ("say", "speaker")):
                    g[name] = [s for s in map(near, e.get(k) or []) if s]
                g["parts"] = []
                for x in e.get("x") or []:
                    i, part = (x[0], x[1]) if isinstance(x, list) else (x, "other-party")
                    if near(i):
                        g["parts"].append((near(i), part if part in PARTS else "other-party"))
                g["third_party"] = [s for s, _ in g["parts"]]
                for k, name in (("terms", "terms"), ("cond", "condition"), ("where", "where"), ("deadline", "deadline")):
                    s = here(e[k]) if e.get(k) and ":" in e[k] else None
                    g[name] = [s] if s else []
                g["when"] = []
                events.append(g)
            yield from by_sentence(text, events)


def pair_of(d, rng):
    """Two parties of one event to mark, source and target, and the type between them; sometimes two between whom
    nothing is said to pass in that direction (type 0)."""
    good = []
    for _, t, _, _, _, _, (actors, recipients) in d.events:
        for i, a in enumerate(actors):
            for r in recipients + actors[i + 1:]:
                if a and r and not set(a) & set(r):
                    good.append((a, r, t))
    if not good:
        return None
    if rng.random() < 0.12:
        a, r, _ = rng.choice(good)
        if not any(set(a) & set(r2) and set(r) & set(a2) for a2, r2, _ in good):
            return r, a, 0
    return rng.choice(good)
