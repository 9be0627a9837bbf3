"""Writes the trained readers as one file for the Rust library.

    python export.py out/syntax/final.pt out/events/final.pt out/splitter.pt ../crates/demarche/model/demarche.model

The file: b"DEMARCHE", version (u32), length of the header (u32), the header (JSON: label lists, subword tokenizer,
place of each graph), then the graphs in ONNX. Weights have 8 bits with a scale per output column, embeddings with one
per row. The layers of the encoder calculate in integers: 7 bits of weight, so that no sum of two products overflows 16
bits on processors without VNNI, and activations with one scale per matrix, fixed in training,
so that a sentence reads the same beside any other and on any processor. The heads calculate in 32-bit floats.
`--float` keeps floats everywhere: what the integers cost is the difference between the two files.
"""
import argparse
import glob
import hashlib
import json
import os
import struct

import numpy as np
import onnx
import torch
from onnx import TensorProto as TP
from onnx import helper as H
from onnx import numpy_helper as N

import data as D
from encoder import HEADS, HIGH, LOW, WIDTH, Linear
from model import TAGS, Events, Syntax, sizes

VERSION = 2


def quantise(a, axis, bits=8):
    """Whole numbers and their scales along `axis`."""
    top = 2 ** (bits - 1) - 1
    other = tuple(i for i in range(a.ndim) if i != axis)
    scale = np.maximum(np.abs(a).max(axis=other), 1e-8).astype(np.float32) / top
    shape = [1] * a.ndim
    shape[axis] = -1
    return np.clip(np.round(a / scale.reshape(shape)), -top, top).astype(np.int8), scale


class Graph:
    def __init__(self, sd, ranges=None):
        """`ranges`: smallest and largest input of each linear layer that calculates in integers."""
        self.sd, self.ranges, self.nodes, self.init, self.seen, self.k = sd, ranges or {}, [], [], set(), 0
        self.quantised = {}

    def const(self, name, a):
        if name not in self.seen:
            self.seen.add(name)
            a = np.asarray(a)
            self.init.append(N.from_array(np.ascontiguousarray(a) if a.ndim else a, name))
        return name

    def op(self, op, ins, outs=None, **kw):
        self.k += 1
        outs = outs or [f"t{self.k}"]
        self.nodes.append(H.make_node(op, ins, outs, **kw))
        return outs[0]

    def matrix(self, name, a):
        """A constant matrix [in, out], kept in 8 bits."""
        if a.size < 4096:
            return self.const(name, a.astype(np.float32))
        q, s = quantise(a, 1)
        return self.op("DequantizeLinear", [self.const(name + ".q", q), self.const(name + ".s", s),
                                            self.const(name + ".z", np.zeros(len(s), np.int8))], axis=1)

    def whole(self, x, name, key, w):
        """x @ w in integers, the inputs in 256 steps of the range that training fixed for layer `name`."""
        low, high = self.ranges[name]
        scale = np.float32((high - low) / 255)
        zero = np.uint8(np.clip(np.round(-low / scale), 0, 255))
        if (x, name) not in self.quantised:
            # QuantizeLinear would do the same more slowly; a cast cuts off, so a half is added
            v = self.op("Mul", [x, self.const(name + ".xs", np.float32(1 / scale))])
            v = self.op("Add", [v, self.const(name + ".xa", np.float32(zero + 0.5))])
            self.quantised[x, name] = self.op("Cast", [v], to=TP.UINT8)
        q, s = quantise(w, 1, bits=7)
        y = self.op("MatMulInteger", [self.quantised[x, name], self.const(key + ".q", q), self.const(name + ".xz", zero),
                                      self.const(key + ".z", np.zeros(len(s), np.int8))])
        return self.op("Mul", [self.op("Cast", [y], to=TP.FLOAT), self.const(key + ".s", s * scale)])

    def linear(self, x, name, rows=slice(None), out=None):
        w, key = self.sd[name + ".weight"][rows].T, f"{name}.{rows.start}"
        if name in self.ranges:
            y = self.whole(x, name, key, w)
        else:
            y = self.op("MatMul", [x, self.matrix(key, w)])
        return self.op("Add", [y, self.const(key + ".b", self.sd[name + ".bias"][rows])], out)

    def linears(self, x, names):
        """Several layers over the same input as one product; their outputs by name."""
        w = np.concatenate([self.sd[n + ".weight"] for n in names]).T
        b = np.concatenate([self.sd[n + ".bias"] for n in names])
        y = self.whole(x, names[0], "heads", w) if names[0] in self.ranges else self.op("MatMul", [x, self.matrix("heads.w", w)])
        y = self.op("Add", [y, self.const("heads.b", b)])
        sizes = [len(self.sd[n + ".bias"]) for n in names]
        outs = [f"head.{n}" for n in names]
        self.nodes.append(H.make_node("Split", [y, self.const("heads.n", np.array(sizes))], outs, axis=-1))
        return dict(zip(names, outs))

    def norm(self, x, name):
        return self.op("LayerNormalization", [x, self.const(name + ".w", self.sd[name + ".weight"]),
                                              self.const(name + ".b", self.sd[name + ".bias"])], axis=-1, epsilon=1e-12)

    def gelu(self, x):
        return self.op("Gelu", [x])

    def layer(self, x, bias, i, only=None):
        """`only`: the rows that are needed of it, where not all are."""
        q = f"stack.layers.{i}."
        heads, rows = self.const("heads", np.array([0, 0, HEADS, WIDTH // HEADS])), self.const("rows", np.array([0, 0, WIDTH]))
        parts = []
        for j, n in enumerate("qkv"):
            t = self.op("Reshape", [self.linear(x, q + "qkv", slice(j * WIDTH, (j + 1) * WIDTH)), heads])
            parts.append(self.op("Transpose", [t], perm=[0, 2, 3, 1] if n == "k" else [0, 2, 1, 3]))
        s = self.op("Mul", [self.op("MatMul", parts[:2]), self.const("scale", np.float32((WIDTH // HEADS) ** -0.5))])
        s = self.op("Softmax", [self.op("Add", [s, bias])], axis=-1)
        a = self.op("Reshape", [self.op("Transpose", [self.op("MatMul", [s, parts[2]])], perm=[0, 2, 1, 3]), rows])
        if only:
            a, x = self.take(a, only), self.take(x, only)
        x = self.norm(self.op("Add", [x, self.linear(a, q + "o")]), q + "ln1")
        h = self.linear(self.gelu(self.linear(x, q + "f1")), q + "f2")
        return self.norm(self.op("Add", [x, h]), q + "ln2")

    def stack(self, layers, marks, only=None):
        x = self.op("Add", ["embedded", self.op("Gather", [self.const("ce", self.sd["stack.ce.weight"] + self.sd["stack.te"]), "case"])])
        if marks:
            x = self.op("Add", [x, self.op("Gather", [self.const("me", self.sd["stack.me.weight"]), "marks"])])
        x = self.norm(x, "stack.ln")
        bias = self.bias()
        for i in range(layers):
            x = self.layer(x, bias, i, only if i == layers - 1 else None)
        return x

    def bias(self):
        m = self.op("Mul", [self.op("Sub", ["mask", self.const("one", np.float32(1))]), self.const("big", np.float32(1e4))])
        return self.op("Unsqueeze", [m, self.const("ax12", np.array([1, 2]))])

    def mlp(self, x, name, out):
        return self.linear(self.gelu(self.linear(x, name + ".1")), name + ".4", out=[out])

    def take(self, x, index):
        """Rows of x [B, T, h] by index [B, W]."""
        i = self.op("Unsqueeze", [index, self.const("ax2", np.array([2]))])
        i = self.op("Expand", [i, self.const("wide", np.array([1, 1, WIDTH]))])
        return self.op("GatherElements", [x, i], axis=1)

    def build(self, name, ins, outs):
        value = lambda n, t, d: H.make_tensor_value_info(n, t, d)
        g = H.make_graph(self.nodes, name, [value(*i) for i in ins], [value(n, TP.FLOAT if n not in TAGS else TP.INT64, [f"{n}{i}" for i in range(rank)]) for n, rank in outs], self.init)
        m = H.make_model(g, opset_imports=[H.make_opsetid("", 20)], ir_version=9)
        onnx.checker.check_model(m)
        return m.SerializeToString()


I, FL = TP.INT64, TP.FLOAT
INPUTS = [("embedded", FL, ["B", "T", WIDTH]), ("case", I, ["B", "T"]), ("mask", FL, ["B", "T"])]


def vocabulary():
    """Subwords that are kept and their numbers in the pretrained vocabulary. Left out: placeholders, scripts other than
    Latin, and of the rarest third (numbers rise as use falls) what none of the project's own texts has; a word that
    needs one of these is read in smaller pieces."""
    vocab = D.T.get_vocab()
    texts = [t for t, _ in D.corpus_texts(os.path.join(D.HERE, "..", "corpus"))]
    for pattern in ("../crates/demarche/codebook/**/*.tsv", "../crates/demarche/codebook/**/*.toml", "../crates/demarche/codebook/**/*.md", "names/*.bio", "names/*.txt"):
        for f in glob.glob(os.path.join(D.HERE, pattern), recursive=True):
            texts += open(f, encoding="utf8").read().split("\n")
    seen = {i for e in D.T.encode_batch(texts, add_special_tokens=False) for i in e.ids}
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]

    def keep(piece, i):
        if piece.startswith("[") and piece.endswith("]") and len(piece) > 1:
            return False
        if any(ord(c) > 0x24F and not 0x2000 <= ord(c) <= 0x20CF for c in piece):
            return False
        return i < 21500 or i in seen or len(piece.replace("##", "")) == 1
    kept = sorted((i, p) for p, i in vocab.items() if keep(p, i))
    return special + [p for _, p in kept], [vocab[p] for p in special] + [i for i, _ in kept]


def embed(sd, rows):
    """Subwords and positions: the same for both readers."""
    g = Graph(sd)
    q, s = quantise(sd["emb.word.weight"][rows], 0)
    x = g.op("Cast", [g.op("Gather", [g.const("we.q", q), "ids"])], to=TP.FLOAT)
    s = g.op("Unsqueeze", [g.op("Gather", [g.const("we.s", s), "ids"]), g.const("ax2", np.array([2]))])
    x = g.op("Mul", [x, s])
    t = g.op("Gather", [g.op("Shape", ["ids"]), g.const("i1", np.array([1]))], axis=0)
    q, ps = quantise(sd["emb.place.weight"], 0)
    pos = g.op("DequantizeLinear", [g.const("pe", q), g.const("pe.s", ps), g.const("pe.z", np.zeros(len(ps), np.int8))], axis=0)
    g.op("Add", [x, g.op("Slice", [pos, g.const("z", np.array([0])), t, g.const("ax0", np.array([0]))])], ["embedded"])
    return g.build("embed", [("ids", I, ["B", "T"])], [("embedded", 3)])


def low(sd, ranges):
    """Rows are words; the first is [CLS], the root of the tree."""
    g = Graph(sd, ranges)
    w = g.stack(LOW, False, "first")
    g.op("Identity", [w], ["encoded"])  # for measuring the encoder alone
    out = g.linears(w, ["ad", "ah", "rd", "rh", "names"] + ["tags." + k for k in TAGS])
    for k in TAGS:
        g.op("ArgMax", [out["tags." + k]], [k], axis=-1, keepdims=0)
    g.op("Identity", [out["names"]], ["names"])
    ad, ah = g.gelu(out["ad"]), g.gelu(out["ah"])
    aht = g.op("Transpose", [ah], perm=[0, 2, 1])
    arc = g.op("MatMul", [g.op("MatMul", [ad, g.matrix("wa", sd["wa"])]), aht])
    g.op("Add", [arc, g.op("Transpose", [g.linear(ah, "ba")], perm=[0, 2, 1])], ["arc"])
    g.op("Identity", [g.gelu(out["rd"])], ["rd"])
    g.op("Identity", [g.gelu(out["rh"])], ["rh"])
    return g.build("low", INPUTS + [("first", I, ["B", "W"])],
                   [(k, 2) for k in TAGS] + [("names", 3), ("arc", 3), ("rd", 3), ("rh", 3), ("encoded", 3)])


def relation(sd, whole):
    """rd, rh [N, d]: scores [N, R]."""
    g = Graph(sd)
    wr = sd["wr"]  # [R, d+1, d+1]
    r, d1, _ = wr.shape
    d = d1 - 1
    # rd~ W_r rh~  =  rd M_r rh + rd u_r + v_r rh + b_r
    w = wr[:, :d, :d].transpose(1, 0, 2).reshape(d, r * d)
    if whole:  # one sentence at a time, so that its own range may be the scale
        q, s = quantise(w, 1, bits=7)
        g.nodes.append(H.make_node("DynamicQuantizeLinear", ["rd"], ["x.q", "x.s", "x.z"]))
        m = g.op("MatMulInteger", ["x.q", g.const("wr.q", q), "x.z", g.const("wr.z", np.zeros(len(s), np.int8))])
        m = g.op("Mul", [g.op("Cast", [m], to=TP.FLOAT), g.op("Mul", ["x.s", g.const("wr.s", s)])])
    else:
        m = g.op("MatMul", ["rd", g.matrix("wr.m", w)])
    m = g.op("Reshape", [m, g.const("shape", np.array([-1, r, d]))])
    m = g.op("MatMul", [m, g.op("Unsqueeze", ["rh", g.const("ax2", np.array([2]))])])
    m = g.op("Squeeze", [m, g.const("ax2", np.array([2]))])
    m = g.op("Add", [m, g.op("MatMul", ["rd", g.const("wr.u", wr[:, :d, d].T.copy())])])
    m = g.op("Add", [m, g.op("MatMul", ["rh", g.const("wr.v", wr[:, d, :d].T.copy())])])
    g.op("Add", [m, g.const("wr.b", wr[:, d, d].copy())], ["relation"])
    return g.build("relation", [("rd", FL, ["N", d]), ("rh", FL, ["N", d])], [("relation", 2)])


def high(sd, ranges):
    g = Graph(sd, ranges)
    x = g.stack(HIGH, True)
    w = g.op("Identity", [g.take(x, "first")], ["words"])
    m = g.op("Unsqueeze", ["mask", g.const("ax2", np.array([2]))])
    ax1 = g.const("ax1", np.array([1]))
    total = g.op("ReduceSum", [g.op("Mul", [x, m]), ax1], keepdims=0)
    g.op("Div", [total, g.op("ReduceSum", [m, ax1], keepdims=0)], ["mean"])
    g.mlp(w, "kind", "kind")
    return g.build("high", INPUTS + [("marks", I, ["B", "T"]), ("first", I, ["B", "W"])],
                   [("words", 3), ("mean", 2), ("kind", 3)])


def event(sd):
    """p [E, h] predicates, mean [E, h], words [E, W, h] of their sentences."""
    g = Graph(sd)
    both = g.op("Concat", ["p", "mean"], axis=-1)
    for k in ("kind2", "mode", "status"):
        g.mlp(both, k, k)
    p, w = g.gelu(g.linear("p", "ap")), g.gelu(g.linear("words", "aw"))
    ua = sd["ua"]  # [A, q, q]
    a, q, _ = ua.shape
    u = g.op("Reshape", [g.op("MatMul", [p, g.matrix("ua", ua.transpose(1, 0, 2).reshape(q, a * q))]), g.const("shape", np.array([-1, a, q]))])
    s = g.op("MatMul", [w, g.op("Transpose", [u], perm=[0, 2, 1])])
    ub = sd["ub.weight"].T  # [2q, A]
    sp = g.op("Add", [g.op("MatMul", [p, g.const("ub.p", ub[:q].copy())]), g.const("ub.b", sd["ub.bias"])])
    s = g.op("Add", [s, g.op("MatMul", [w, g.const("ub.w", ub[q:].copy())])])
    g.op("Add", [s, g.op("Unsqueeze", [sp, g.const("ax1", np.array([1]))])], ["arguments"])
    return g.build("event", [("p", FL, ["E", WIDTH]), ("mean", FL, ["E", WIDTH]), ("words", FL, ["E", "W", WIDTH])],
                   [("kind2", 2), ("mode", 2), ("status", 2), ("arguments", 3)])


def small(sd, name, n):
    g = Graph(sd)
    g.mlp("v", name, name)
    return g.build(name, [("v", FL, ["N", n * WIDTH])], [(name, 2)])


def split(sd, rows):
    """The words of one page [1, N], paragraphs apart: a logit a word for a sentence's end after it."""
    g = Graph(sd)
    q, s = quantise(sd["table.weight"][rows], 0)
    ax = g.const("ax2", np.array([2]))
    x = g.op("Cast", [g.op("Gather", [g.const("t.q", q), "ids"])], to=TP.FLOAT)
    x = g.op("Mul", [x, g.op("Unsqueeze", [g.op("Gather", [g.const("t.s", s), "ids"]), ax])])
    x = g.op("Add", [x, g.op("Gather", [g.const("c", sd["case.weight"]), "case"])])
    x = g.op("Add", [x, g.op("Gather", [g.const("g", sd["gap.weight"]), "gap"])])
    x = g.op("Transpose", [g.op("Mul", [x, g.op("Unsqueeze", ["mask", ax])])], perm=[0, 2, 1])
    for name in ("one", "two"):
        k = sd[name + ".weight"].shape[2] // 2
        x = g.op("Conv", [x, g.const(name + ".w", sd[name + ".weight"]), g.const(name + ".b", sd[name + ".bias"])], pads=[k, k], strides=[1], dilations=[1])
        x = g.gelu(x)
    y = g.op("MatMul", [g.op("Transpose", [x], perm=[0, 2, 1]), g.const("o.w", sd["out.weight"].T.copy())])
    g.op("Add", [y, g.const("o.b", sd["out.bias"])], ["ends"])
    one = lambda n, t: (n, t, ["B", "N"])
    return g.build("split", [one("ids", I), one("case", I), one("gap", I), one("mask", FL)], [("ends", 3)])


def main():
    ap = argparse.ArgumentParser()
    for k in ("syntax", "events", "splitter", "target"):
        ap.add_argument(k)
    ap.add_argument("--float", action="store_true")
    a = ap.parse_args()
    load = lambda f: torch.load(f, weights_only=False, map_location="cpu")
    sy, ev, sp = load(a.syntax), load(a.events), load(a.splitter)
    s, e = Syntax(sy["vocab"], **sizes(sy["model"])), Events()
    for m, x in ((s, sy), (e, ev)):
        m.load_state_dict({k: v.float() for k, v in x["model"].items()})
        m.eval()
    Linear.whole = not a.float
    ranges = lambda m: {} if a.float else {n: tuple(x.range.tolist()) for n, x in m.named_modules() if isinstance(x, Linear)}
    numpy = lambda m: {k: v.float().numpy() for k, v in m.state_dict().items()}
    sd, ed, pd = numpy(s), numpy(e), {k: v.float().numpy() for k, v in sp["model"].items()}
    pieces, rows = vocabulary()
    graphs = {"embed": embed(sd, rows), "low": low(sd, ranges(s)), "relation": relation(sd, not a.float), "high": high(ed, ranges(e)),
              "event": event(ed), "part": small(ed, "part", 2), "pair": small(ed, "pair", 3), "split": split(pd, rows)}
    body = b"".join(graphs.values())
    places, at = {}, 0
    for k, v in graphs.items():
        places[k] = [at, len(v)]
        at += len(v)
    header = json.dumps({
        "format": VERSION, "sha256": hashlib.sha256(body).hexdigest(), "graphs": places, "width": WIDTH,
        "labels": {**sy["vocab"], "names": D.NAMES, "types": D.TYPES, "modes": D.MODES, "status": D.STATUS,
                   "arguments": [list(a) for a in D.ARGS], "parts": D.PARTS},
        "vocabulary": pieces}, ensure_ascii=False, separators=(",", ":")).encode()
    with open(a.target, "wb") as f:
        f.write(b"DEMARCHE" + struct.pack("<II", VERSION, len(header)) + header + body)
    print(a.target, {k: len(v) for k, v in graphs.items()}, len(header), "total", 16 + len(header) + len(body))
    compare(s, e, graphs, rows)
    describe(a.target, {"syntax": sy.get("made"), "events": ev.get("made"), "sentence ends": sp.get("made")})


def describe(target, made):
    """Writes what the readers were made from between the marks in MODEL.md beside the model."""
    file = os.path.join(os.path.dirname(target), "MODEL.md")
    if not os.path.exists(file):
        return
    begin, end = "<!-- written by training/export.py -->", "<!-- end -->"
    rows = ["| reader | made with |", "| --- | --- |"]
    rows += [f"| {k} | " + ", ".join(f"{n} {v}" for n, v in (m or {}).items()) + " |" for k, m in made.items()]
    text = open(file, encoding="utf8").read()
    before, after = text.split(begin)[0], text.split(end)[-1]
    open(file, "w", encoding="utf8").write(before + begin + "\n" + "\n".join(rows) + "\n" + end + after)


def compare(s, e, graphs, rows):
    """The graphs against torch on one made-up sentence."""
    import onnxruntime as ort

    from evaluate import single
    d = D.example_of("Oslo on Tuesday rejected an offer by Peru to host the talks.")
    ids, mask, case, first = single(d)
    run = lambda g, **f: ort.InferenceSession(graphs[g], providers=["CPUExecutionProvider"]).run(None, f)
    f0 = np.concatenate([[[0]], first.numpy()], 1)
    x = run("embed", ids=np.array([[rows.index(i) for i in ids[0].tolist()]]))[0]
    lo = run("low", embedded=x, case=case.numpy(), mask=mask.float().numpy(), first=f0)
    with torch.no_grad():
        tags, names, arc, rd, rh = s.heads(s.words(ids, mask, case, first))
        words, mean = e.words(ids, mask, case, first, torch.zeros_like(ids))
        hi = run("high", embedded=x, case=case.numpy(), mask=mask.float().numpy(), marks=np.zeros_like(ids.numpy()), first=first.numpy())
        p = words[:, 3]
        ev = run("event", p=p.numpy(), mean=mean.numpy(), words=words.numpy())
        for name, a, b in (("names", names, lo[4][:, 1:]), ("arc", arc, lo[5][:, 1:]), ("words", words, hi[0]),
                           ("kind", e.kind(words), hi[2]), ("arguments", e.arguments(p, words), ev[3]),
                           ("relation", s.relation(rd[0], rh[0, :-1]), run("relation", rd=lo[6][0, 1:], rh=lo[7][0, :-1])[0])):
            print(name, "largest difference", float(np.abs(a.numpy() - b).max()), "of", float(a.abs().max()))


if __name__ == "__main__":
    main()
