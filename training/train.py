"""Trains one of the two readers.  python train.py syntax --data DIR;  python train.py events --data DIR

syntax: a step learns from a batch of trees and a batch of names; events: from a batch of texts with their events. The
learning rate falls with the share of --steps that is done. A checkpoint is written every few minutes, and the same
command goes on from it; a second run of the same command, seed and data takes the same steps.
"""
import argparse
import os
import random
import time
import zlib
from collections import Counter

import torch
import torch.nn.functional as F

import data as D
from encoder import INNER, MASK, Linear
from evaluate import events_dev, names_dev, plv, syntax_dev
from model import ARG_SIZES, TAGS, Events, Syntax, narrow, sizes

ap = argparse.ArgumentParser()
ap.add_argument("reader", choices=["syntax", "events"])
ap.add_argument("--data", required=True, help="folder with ud/, ner/, articles/, relation/")
ap.add_argument("--corpus", default=os.path.join(D.HERE, "..", "corpus"))
ap.add_argument("--out", help="folder for checkpoint and result; out/syntax or out/events")
ap.add_argument("--steps", type=int, default=5000)
ap.add_argument("--whole-from", type=float, default=0.82, help="share of the steps after which the layers calculate in integers")
ap.add_argument("--threads", type=int, default=1)
ap.add_argument("--lr", type=float, help="of the encoder; 3e-4, of a teacher's 5e-5")
ap.add_argument("--seed", type=int, default=1)
ap.add_argument("--save-every", type=float, default=6, help="minutes")
ap.add_argument("--measure-every", type=int, default=1000, help="steps")
ap.add_argument("--held", type=int, default=5, help="one corpus text in n is kept apart; 0 trains on all")
ap.add_argument("--held-articles", type=int, default=3, help="every n-th article is kept apart; 0 trains on all")
ap.add_argument("--trees", type=int, default=1200, help="subwords of trees in a step")
ap.add_argument("--names", type=int, default=500, help="subwords of sentences with names in a step")
ap.add_argument("--init", help="start from the weights of this result; those of a wide reader are narrowed")
ap.add_argument("--teacher", action="store_true", help="events: over the large encoder, for labels only")
ap.add_argument("--wide", action="store_true", help="syntax: all of the pretrained layers' inner units, as a first step")
A = ap.parse_args()
SYNTAX = A.reader == "syntax"
A.lr = A.lr or (5e-5 if A.teacher else 3e-4)
A.out = A.out or os.path.join(D.HERE, "out", A.reader)
torch.set_num_threads(A.threads)
torch.manual_seed(A.seed)
rng = random.Random(A.seed)
os.makedirs(A.out, exist_ok=True)
at = lambda *p: os.path.join(A.data, *p)
own = lambda *p: os.path.join(D.HERE, *p)

print("reading", flush=True)
made = {"steps": A.steps, "lr": A.lr, "seed": A.seed, "integers from step": int(A.whole_from * A.steps)}
if SYNTAX:
    trees = D.treebank([at("ud", "en_ewt-train.conllu"), at("ud", "en_gum-train-open-licence.conllu")], names=own("names", "ewt-train.tsv"))
    trees += D.own_trees()
    gold = D.column_names(at("ner", "wikigold.conll"))
    names = gold[: len(gold) * 4 // 5] + D.own_names(own("names"), at("news", "wikinews_2019.csv"))
    mentions = D.mentions_of(names + [d for d in trees if d.names])
    made |= {"sentences with trees": len(trees), "of them with names": sum(d.names is not None for d in trees),
             "other sentences with names": len(names)}
else:
    texts = list(D.corpus_texts(A.corpus))
    # By the text itself, so that a text stays on its side when files are added.
    apart = lambda text: A.held and zlib.crc32(text.encode()) % A.held == 0
    held = [x for x in texts if apart(x[0])]
    texts = [x for x in texts if not apart(x[0])]
    whole = [D.with_events(*x) for x in texts]
    cut = [[D.with_events(*s) for s in D.by_sentence(*x)] for x in texts]
    real = [D.with_events(*x) for x in D.article_sentences(at("articles"), lambda n: not A.held_articles or n % A.held_articles)]
    made |= {"texts with events": len(texts), "texts kept apart": len(held), "sentences of real articles": len(real)}
print(made, flush=True)


def vocabulary():
    out = {}
    for k in TAGS + ("rel",):
        c = Counter(v for d in trees for v in getattr(d, k))
        out[k] = ["0:"] + [v for v, n in c.most_common() if n > 1 and v != "0:"] if k == "script" else [v for v, _ in c.most_common()]
    return out


def batches(items, budget):
    """Endless batches of at most `budget` padded subwords, near in length, in random order."""
    while True:
        pool = items() if callable(items) else items
        order = sorted(range(len(pool)), key=lambda i: len(pool[i].ids) + rng.random() * 4)
        out, now, longest = [], [], 0
        for i in order:
            n = len(pool[i].ids)
            if now and max(longest, n) * (len(now) + 1) > budget:
                out.append(now)
                now, longest = [], 0
            now.append(pool[i])
            longest = max(longest, n)
        out.append(now)
        rng.shuffle(out)
        yield from out


def names_pool():
    """Every sentence with names, in half of them some names exchanged for others of their kind: what stands round a name
    tells its kind, where the name itself is new."""
    return [D.exchanged(d, mentions, rng) if rng.random() < 0.5 else d for d in names]


def event_pool():
    out = []
    for w, c in zip(whole, cut):
        out += [w] if len(c) < 2 or rng.random() < 0.4 else c
    return out + real


def collate(batch):
    n, t, w = len(batch), max(len(d.ids) for d in batch), max(len(d.first) for d in batch)
    ids, case, first = torch.zeros(n, t, dtype=torch.long), torch.zeros(n, t, dtype=torch.long), torch.zeros(n, w, dtype=torch.long)
    mask, words = torch.zeros(n, t, dtype=torch.bool), torch.zeros(n, w, dtype=torch.bool)
    for i, d in enumerate(batch):
        a, b = len(d.ids), len(d.first)
        ids[i, :a], case[i, :a], mask[i, :a] = torch.tensor(d.ids), torch.tensor(d.case), True
        first[i, :b], words[i, :b] = torch.tensor(d.first, dtype=torch.long), True
    return ids, mask, case, first, words


ckpt = os.path.join(A.out, "checkpoint.pt")
state = torch.load(ckpt, weights_only=False) if os.path.exists(ckpt) else None
init = torch.load(A.init, weights_only=False) if A.init and not state else None
V = ((state or init or {}).get("vocab") or vocabulary()) if SYNTAX else {}
I = {k: {v: i for i, v in enumerate(V[k])} for k in V}
WIDE = {"rel": 96, "inner": INNER}
model = Syntax(V, **(WIDE if A.wide else {})) if SYNTAX else Events(teacher=A.teacher)
if init:
    weights = {k: v.float() for k, v in init["model"].items()}
    if SYNTAX and sizes(weights) != sizes(model.state_dict()):
        wide = Syntax(V, **sizes(weights))
        wide.load_state_dict(weights)
        some = batches(trees, 1400)
        weights = narrow(wide, sizes(model.state_dict()), (collate(next(some))[:4] for _ in range(40)))
    model.load_state_dict(weights)
elif not state:
    model.load_pretrained()
encoder = [p for p in model.stack.parameters() if p.requires_grad]
heads = [p for k, p in model.named_parameters() if not k.startswith(("stack.", "emb."))]
opt = torch.optim.AdamW([{"params": encoder, "lr": A.lr, "base": A.lr}, {"params": heads, "lr": 1.5e-3, "base": 1.5e-3}],
                        weight_decay=0.01, betas=(0.9, 0.98))


def hide(ids, mask, share=0.08):
    """Hides some subwords behind [MASK], so that a reader who has seen a sentence before reads what stands round them."""
    some = (torch.rand(ids.shape) < share) & mask & (ids != D.CLS) & (ids != D.SEP)
    return torch.where(some, torch.full_like(ids, MASK), ids)


def name_loss(logits, batch):
    y = torch.full(logits.shape[:2], -1, dtype=torch.long)
    for i, d in enumerate(batch):
        if d.names:
            y[i, : len(d.names)] = torch.tensor([D.NAMES.index(t) if t else -1 for t in d.names])
    if not (y >= 0).any():
        return 0.0
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=-1)


def recased(case, d_share=0.06):
    """Now and then a whole batch in capitals, in small letters or as a headline in title case, so that reading does
    not hang on case. Subwords are uncased, so only the case shapes change."""
    if rng.random() >= d_share:
        return case, False
    shape = rng.choice((1, 2, 4))
    return torch.where((case > 0) & (case < 6), torch.full_like(case, shape), case), True


def tree_loss(batch):
    ids, mask, case, first, words = collate(batch)
    case, changed = recased(case)
    w = model.words(hide(ids, mask), mask, case, first)
    tags, nm, arc, rd, rh = model.heads(w)
    keep = torch.cat([torch.ones(len(ids), 1, dtype=torch.bool), words], 1)
    arc = arc.masked_fill(~keep[:, None, :], -1e4)
    y = {k: torch.full(words.shape, -1, dtype=torch.long) for k in TAGS + ("rel", "head")}
    for i, d in enumerate(batch):
        y["head"][i, : len(d.head)] = torch.tensor(d.head)
        for k in TAGS + ("rel",):
            y[k][i, : len(d.head)] = torch.tensor([I[k].get(v, -1) for v in getattr(d, k)])
    ok = y["head"] >= 0
    loss = F.cross_entropy(arc[ok], y["head"][ok])
    chosen = torch.gather(rh, 1, y["head"].clamp(min=0)[..., None].expand(-1, -1, rh.shape[-1]))
    loss = loss + F.cross_entropy(model.relation(rd[ok], chosen[ok]), y["rel"][ok], ignore_index=-1)
    for k, weight in (("upos", 0.5), ("xpos", 0.3), ("feats", 0.3), ("script", 0.0 if changed else 0.4)):
        loss = loss + weight * F.cross_entropy(tags[k].flatten(0, 1), y[k].flatten(), ignore_index=-1)
    return loss + 0.5 * name_loss(nm, batch)


def names_loss(batch):
    ids, mask, case, first, _ = collate(batch)
    case, _ = recased(case)
    w = model.words(hide(ids, mask), mask, case, first)
    return name_loss(model.names(F.dropout(w[:, 1:], 0.2, True)), batch)


def event_loss(batch):
    ids, mask, case, first, words = collate(batch)
    marks = torch.zeros_like(ids)
    pairs = []
    for i, d in enumerate(batch):
        pair = D.pair_of(d, rng) if rng.random() < 0.5 else None
        if not pair:
            continue
        s, t, kind = pair
        for side, m in ((s, 1), (t, 2)):
            for word in side:
                end = d.first[word + 1] if word + 1 < len(d.first) else len(d.ids) - 1
                marks[i, d.first[word]:end] = m
        pairs.append((i, s, t, kind))
    w, c = model.words(ids, mask, case, first, marks)
    y = torch.full(words.shape, -1, dtype=torch.long)
    for i, d in enumerate(batch):
        y[i, : len(d.types)] = torch.tensor(d.types)
    loss = 2 * F.cross_entropy(model.kind(w).flatten(0, 1), y.flatten(), ignore_index=-1, label_smoothing=0.03)
    E = [(i, e) for i, d in enumerate(batch) for e in d.events]
    if E:
        at_ = torch.tensor([i for i, _ in E])
        p = torch.stack([w[i, e[0]].mean(0) for i, e in E])
        both = torch.cat([p, c[at_]], -1)
        col = lambda k: torch.tensor([e[k] for _, e in E])
        loss = loss + F.cross_entropy(model.kind2(both), col(1), label_smoothing=0.05)
        loss = loss + 0.5 * F.cross_entropy(model.mode(both), col(2)) + 0.5 * F.cross_entropy(model.status(both), col(3))
        a = model.arguments(p, w[at_])
        for k, part in enumerate(a.split(ARG_SIZES, -1)):
            lab = torch.full(a.shape[:2], -1, dtype=torch.long)
            for j, (_, e) in enumerate(E):
                lab[j, : len(e[4][k])] = torch.tensor(e[4][k])
            loss = loss + (2 if k == 0 else 0.7) * F.cross_entropy(part.flatten(0, 1), lab.flatten(), ignore_index=-1)
        third = [(j, i, x, v) for j, (i, e) in enumerate(E) for x, v in enumerate(e[5]) if v >= 0]
        if third:
            v = torch.stack([torch.cat([p[j], w[i, x]]) for j, i, x, _ in third])
            loss = loss + 0.2 * F.cross_entropy(model.part(v), torch.tensor([q for *_, q in third]))
    if pairs:
        v = torch.stack([torch.cat([w[i, s].mean(0), w[i, t].mean(0), c[i]]) for i, s, t, _ in pairs])
        loss = loss + F.cross_entropy(model.pair(v), torch.tensor([k for *_, k in pairs]), label_smoothing=0.05)
    return loss


def measure(full):
    model.eval()
    with torch.no_grad():
        if SYNTAX:
            dev = D.treebank([at("ud", "en_ewt-dev.conllu")], limit=500)
            syntax_dev(model, V, dev if full else dev[::8], "ewt-dev")
            syntax_dev(model, V, D.treebank([at("ud", "en_gum-dev-news.conllu")], limit=500), "gum-dev-news")
            names_dev(model, gold[len(gold) * 4 // 5:], "wikigold, last fifth")
        else:
            if held:
                events_dev(model, [D.with_events(*x) for x in (held if full else held[::10])], "corpus held")
            if full and A.held_articles:
                apart_articles = D.article_sentences(at("articles"), lambda n: n % A.held_articles == 0)
                events_dev(model, [D.with_events(*x) for x in apart_articles], "articles held")
            plv(model, at("relation", "plv-dev.tsv"))
    model.train()


def save(path):
    part = path + ".part"
    torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "vocab": V, "step": step,
                "rng": (rng.getstate(), torch.get_rng_state())}, part)
    os.replace(part, path)


step = 0
if state:
    model.load_state_dict(state["model"], strict=False)
    opt.load_state_dict(state["opt"])
    step = state["step"]
    rng.setstate(state["rng"][0])
    torch.set_rng_state(state["rng"][1])
    print("going on at step", step, flush=True)
if SYNTAX:
    sources = [(batches(trees, A.trees), tree_loss), (batches(names_pool, A.names), names_loss)]
else:
    sources = [(batches(event_pool, 1000), event_loss)]
losses = [0.0] * len(sources)
start = saved = time.time()
model.train()
while step < A.steps:
    Linear.whole = not A.teacher and step >= A.whole_from * A.steps
    f = min(1, step / 100) * max(0.02, 1 - step / A.steps)
    for g in opt.param_groups:
        g["lr"] = g["base"] * f
    opt.zero_grad(set_to_none=True)
    for k, (source, loss_of) in enumerate(sources):
        loss = loss_of(next(source))
        loss.backward()
        losses[k] += loss.item()
    torch.nn.utils.clip_grad_norm_(encoder + heads, 1.0)
    opt.step()
    step += 1
    if step % 50 == 0:
        print(f"step {step}  {(time.time() - start) / 60:.1f} min  " + " ".join(f"{x / 50:.3f}" for x in losses), flush=True)
        losses = [0.0] * len(sources)
    if time.time() - saved > A.save_every * 60:
        save(ckpt)
        saved = time.time()
    if step % A.measure_every == 0 and step < A.steps:
        measure(False)
save(ckpt)
measure(True)
torch.save({"model": {k: v.half() for k, v in model.state_dict().items()}, "vocab": V, "made": made},
           os.path.join(A.out, "final.pt"))
