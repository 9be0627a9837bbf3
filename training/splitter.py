"""Trains the finder of sentence ends.  python splitter.py --data DIR --out out/splitter.pt

Two short convolutions over the words of a paragraph: the pretrained vector of a word's first subword, narrowed, its case
shape and what stands before it. A word's logit says whether a sentence ends after it. A few minutes on one thread.
"""
import argparse
import os
import random

import torch
import torch.nn as nn
import torch.nn.functional as F

import data as D
from encoder import CASES, Embeddings, case_shape, load_pretrained
from words import sentences, words

NARROW, INNER, REACH = 40, 96, 5
GAPS = 3  # before a word: nothing, white space, a line break


class Splitter(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(30522, NARROW)
        self.case, self.gap = nn.Embedding(CASES, NARROW), nn.Embedding(GAPS, NARROW)
        self.one = nn.Conv1d(NARROW, INNER, REACH, padding=REACH // 2)
        self.two = nn.Conv1d(INNER, INNER, REACH, padding=REACH // 2)
        self.out = nn.Linear(INNER, 1)

    def load_pretrained(self):
        e = Embeddings()
        load_pretrained(e)
        w = e.word.weight - e.word.weight.mean(0)
        # the directions in which the pretrained vectors differ most
        _, _, v = torch.pca_lowrank(w[torch.randperm(len(w))[:8000]], NARROW)
        self.table.weight.data = (w @ v) / (w @ v).std()

    def forward(self, ids, case, gap):
        """[n] each, the words of one page; paragraphs stand apart by REACH - 1 empty words (id 0)."""
        x = self.table(ids) + self.case(case) + self.gap(gap)
        x = F.dropout(x * (ids > 0)[:, None], 0.2, self.training).T[None]
        x = F.dropout(F.gelu(self.one(x)), 0.2, self.training)
        return self.out(F.gelu(self.two(x))[0].T)[:, 0]


def features(text, spans):
    forms = [text[a:b] for a, b in spans]
    ids = [(e.ids or [100])[0] for e in D.T.encode_batch(forms, add_special_tokens=False)]
    gap, last = [], 0
    for a, b in spans:
        between = text[last:a]
        gap.append(0 if not between else 2 if "\n" in between else 1)
        last = b
    return ids, [case_shape(f) for f in forms], gap


def paragraphs(file):
    """(text, ends of its sentences) of every paragraph."""
    text, ends, out = "", [], []
    for line in open(file, encoding="utf8"):
        if line.startswith(("# newdoc", "# newpar")) and text:
            out.append((text, ends))
            text, ends = "", []
        if line.startswith("# text = "):
            text += (" " if text else "") + line[9:].rstrip("\n")
            ends = ends + [len(text)]
    return out + [(text, ends)]


def example(group):
    ids, case, gap, y = [], [], [], []
    for text, ends in group:
        spans = words(text)
        i, c, g = features(text, spans)
        e = set(ends)
        last = [max((k for k, s in enumerate(spans) if s[0] < x), default=0) for x in e]
        y += [1 if k in last else 0 for k in range(len(spans))] + [-1] * (REACH - 1)
        pad = [0] * (REACH - 1)
        ids, case, gap = ids + i + pad, case + c + pad, gap + g + pad
    return tuple(map(torch.tensor, (ids, case, gap, y)))


def boundaries(model, text):
    spans = words(text)
    if not spans:
        return []
    z = model(*map(torch.tensor, features(text, spans)))
    return [s[1] for s, v in zip(spans[:-1], z.tolist()) if v > 0] + [len(text)]


def measure(model, file, cut):
    tp = np = ng = 0
    for text, ends in paragraphs(file):
        side = lambda e: set(zip([0] + list(e)[:-1], e))
        # a sentence is known by its non-blank characters
        squeeze = lambda e: side([len(text[:x].replace(" ", "")) for x in e])
        g, p = squeeze(ends), squeeze(cut(text))
        tp, np, ng = tp + len(g & p), np + len(p), ng + len(g)
    return round(200 * tp / (np + ng), 2)


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True)
    ap.add_argument("--out", default=os.path.join(D.HERE, "out", "splitter.pt"))
    ap.add_argument("--epochs", type=int, default=20)
    A = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    rng = random.Random(1)
    ud = lambda n: os.path.join(A.data, "ud", n)
    train = paragraphs(ud("en_ewt-train.conllu")) + paragraphs(ud("en_gum-train-open-licence.conllu"))
    # Invented news texts, where plain rules are right nearly always, so that web text does not rule alone.
    for text, _ in D.corpus_texts(os.path.join(D.HERE, "..", "corpus")):
        if rng.random() < 0.4:
            train.append((text, [b for _, b in sentences(text)[:-1]] + [len(text)]))
    rng.shuffle(train)
    groups, now = [], []
    for p in train:
        now.append(p)
        if sum(len(t) for t, _ in now) > 6000:
            groups.append(example(now))
            now = []
    model = Splitter()
    model.load_pretrained()
    opt = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.01)
    for epoch in range(A.epochs):
        for g in opt.param_groups:
            g["lr"] = 2e-3 * (1 - epoch / A.epochs)
        rng.shuffle(groups)
        total = 0.0
        for ids, case, gap, y in groups:
            ok = y >= 0
            loss = F.binary_cross_entropy_with_logits(model(ids, case, gap)[ok], y[ok].float())
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item()
        if epoch % 4 == 3 or epoch == A.epochs - 1:
            model.eval()
            with torch.no_grad():
                print(epoch + 1, round(total / len(groups), 4), {n: measure(model, ud(n), lambda t: boundaries(model, t))
                                                                for n in ("en_ewt-dev.conllu", "en_gum-dev-news.conllu")}, flush=True)
            model.train()
    os.makedirs(os.path.dirname(A.out), exist_ok=True)
    torch.save({"model": model.state_dict(), "made": {"epochs": A.epochs, "paragraphs": len(train)}}, A.out)
