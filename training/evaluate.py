"""Scores on development data while training; the figures that count come from `demarche-dev eval`."""
import csv
import re

import numpy as np
import torch

import data as D
from model import ARG_SIZES

PLV = "AGREE CONSULT SUPPORT COOPERATE AID YIELD REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
fold = lambda t: "YIELD" if t in ("CONCEDE", "RETREAT") else t


def f1(tp, p, g):
    return round(200 * tp / (p + g), 1) if p + g else 0.0


def tree_of(scores):
    """Heads by greedy choice with one root, cycles broken at their weakest arc; the Rust reader does it exactly."""
    n = scores.shape[0]
    s = scores.copy()
    root = int(s[:, 0].argmax())
    s[:, 0] = -1e9
    s[root, :] = -1e9
    s[root, 0] = 0
    for i in range(n):
        s[i, i + 1] = -1e9
    return s.argmax(1)


def single(d):
    return (torch.tensor([d.ids]), torch.ones(1, len(d.ids), dtype=torch.bool), torch.tensor([d.case]),
            torch.tensor([d.first], dtype=torch.long))


def syntax_dev(model, vocab, dev, name):
    c, n = dict(upos=0, lemma=0, uas=0, las=0), 0
    for d in dev:
        ids, mask, case, first = single(d)
        tags, _, arc, rd, rh = model.heads(model.words(ids, mask, case, first))
        h = tree_of(arc[0].numpy())
        r = model.relation(rd[0], rh[0][torch.tensor(h)]).argmax(-1).tolist()
        up, sc = tags["upos"][0].argmax(-1).tolist(), tags["script"][0].argmax(-1).tolist()
        for i, form in enumerate(d.forms):
            n += 1
            c["upos"] += vocab["upos"][up[i]] == d.upos[i]
            c["lemma"] += D.apply_script(form, vocab["script"][sc[i]]) == d.lemma[i]
            c["uas"] += h[i] == d.head[i]
            c["las"] += h[i] == d.head[i] and vocab["rel"][r[i]].split(":")[0] == d.rel[i].split(":")[0]
    print(name, "words", n, {k: round(100 * v / max(1, n), 2) for k, v in c.items()}, flush=True)


def spans_of(tags):
    out, start, kind = set(), None, None
    for i, t in enumerate(list(tags) + ["O"]):
        if start is not None and (t[:1] != "I" or t[2:] != kind):
            out.add((start, i, kind))
            start = None
        if t[:1] == "B" or (t[:1] == "I" and start is None):
            start, kind = i, t[2:]
    return out


def names_dev(model, dev, name):
    tp = p = g = 0
    for d in dev:
        ids, mask, case, first = single(d)
        w = model.words(ids, mask, case, first)
        got = spans_of([D.NAMES[i] for i in model.names(w[0, 1:]).argmax(-1).tolist()])
        want = spans_of(d.names)
        tp, p, g = tp + len(got & want), p + len(got), g + len(want)
    if dev:
        print(name, "names F1", f1(tp, p, g), flush=True)


def runs(labels):
    """Word index lists of equal non-zero labels side by side."""
    out = []
    for i, v in enumerate(labels):
        if v and out and out[-1][1] == v and out[-1][0][-1] == i - 1:
            out[-1][0].append(i)
        elif v:
            out.append(([i], v))
    return out


def read_events(model, d):
    ids, mask, case, first = single(d)
    w, c = model.words(ids, mask, case, first, torch.zeros_like(ids))
    pr = model.kind(w)[0].softmax(-1)
    labels = [int(t) if o < 0.5 else 0 for t, o in zip(pr[:, 1:].argmax(-1) + 1, pr[:, 0])]
    out = []
    for p, _ in runs(labels):
        v = w[0, p].mean(0)
        both = torch.cat([v, c[0]])[None]
        t2 = model.kind2(both).softmax(-1)[0]
        t = int((t2[1:] + pr[p, 1:].mean(0)).argmax()) + 1
        a = [x.argmax(-1)[0].tolist() for x in model.arguments(v[None], w).split(ARG_SIZES, -1)]
        out.append((p, t, int(model.mode(both).argmax()), int(model.status(both).argmax()), a))
    return out


def events_dev(model, dev, name):
    tp = np_ = ng = 0
    S = {(k, l): [0, 0, 0] for k, names in enumerate(D.ARGS) for l in range(1, len(names))}
    st, ty, fe = [0, 0], [0, 0], [0, 0]
    for d in dev:
        got = read_events(model, d)
        np_, ng, used = np_ + len(got), ng + len(d.events), set()
        if not d.events:
            fe[0] += len(got)
            fe[1] += 1
        for e in d.events:
            best = sorted((x for x in range(len(got)) if x not in used and set(got[x][0]) & set(e[0])), key=lambda x: got[x][1] != e[1])
            if not best:
                continue
            x = best[0]
            used.add(x)
            ok = got[x][1] == e[1]
            ty = [ty[0] + ok, ty[1] + 1]
            tp += ok
            st = [st[0] + (got[x][3] == e[3]), st[1] + 1]
            for (k, l), s in S.items():
                g = {i for i, v in enumerate(e[4][k]) if v == l}
                q = {i for i, v in enumerate(got[x][4][k]) if v == l}
                s[0] += bool(g & q)
                s[1] += bool(q)
                s[2] += bool(g)
    print(name, "type with predicate F1", f1(tp, np_, ng), "P", round(100 * tp / max(1, np_), 1), "R", round(100 * tp / max(1, ng), 1),
          "type", round(100 * ty[0] / max(1, ty[1]), 1), "status", round(100 * st[0] / max(1, st[1]), 1), "false events in texts", fe,
          {D.ARGS[k][l]: f1(*v) for (k, l), v in S.items()}, flush=True)


def macro(gold, got):
    out = []
    for c in PLV:
        tp = sum(g == c and p == c for g, p in zip(gold, got))
        out.append(f1(tp, sum(p == c for p in got), sum(g == c for g in gold)))
    return round(sum(out) / len(out), 1), dict(zip(PLV, out))


def plv(model, path):
    gold, pairs, coding, n = [], [], [], 0
    for r in csv.DictReader(open(path, encoding="utf8"), delimiter="\t"):
        text, at = "", {}
        for piece in re.split(r"(</?[st]>)", r["marked_sentence"]):
            if piece in ("<s>", "<t>"):
                o = len(text)
            elif piece in ("</s>", "</t>"):
                at[piece[2]] = (o, len(text))
            else:
                text += piece
        d = D.example_of(text)
        s, t = D.cover(d, at.get("s", (0, 0))), D.cover(d, at.get("t", (0, 0)))
        gold.append(r["gold_root"].strip())
        ids, mask, case, first = single(d)
        marks = torch.zeros_like(ids)
        for side, m in ((s, 1), (t, 2)):
            for w in side:
                marks[0, d.first[w]: d.first[w + 1] if w + 1 < len(d.first) else len(d.ids) - 1] = m
        w, c = model.words(ids, mask, case, first, marks)
        mean = lambda x: w[0, x].mean(0) if x else w[0].mean(0)
        lg = model.pair(torch.cat([mean(s), mean(t), c[0]])[None])[0].softmax(-1)
        score = {k: 0.0 for k in PLV}
        for k in range(1, len(D.TYPES)):
            score[fold(D.TYPES[k])] += float(lg[k])
        pairs.append(max(PLV, key=score.get))
        got = read_events(model, d)
        n += len(got)
        hit = []
        for p, ty, _, _, a in got:
            actors = {i for i, v in enumerate(a[0]) if v == 1}
            others = {i for i, v in enumerate(a[0]) if v in (1, 2, 3)}
            if actors & set(s) and others & set(t):
                hit.append(fold(D.TYPES[ty]))
        coding.append(gold[-1] if gold[-1] in hit else (hit[0] if hit else ""))
    m, by = macro(gold, pairs)
    print("plv relation macro-F1", m, "acc", round(100 * np.mean([a == b for a, b in zip(gold, pairs)]), 1), by, flush=True)
    m, by = macro(gold, coding)
    print("plv coding macro-F1", m, "events a sentence", round(n / len(gold), 2), by, flush=True)
