"""Writes the trained reader as one file for the Rust library.  python export.py out/final.pt ../crates/demarche/model/demarche.model

The file: b"DEMARCHE", version (u32), length of the header (u32), the header (JSON: label lists, subword tokenizer,
place of each graph), then the graphs in ONNX. Matrices are 8-bit with a scale per output column, dequantised once when
the file is loaded; embeddings stay 8-bit with a scale per row. Arithmetic is 32-bit throughout, so that a sentence reads
the same beside any other and on any processor.
"""
import hashlib
import json
import struct
import sys

import numpy as np
import onnx
import torch
from onnx import TensorProto as TP
from onnx import helper as H
from onnx import numpy_helper as N

import data as D
from encoder import HEADS, LAYERS, LOW, WIDTH
from model import ARG_SIZES, TAGS

VERSION = 1


def quantise(a, axis):
    """8-bit values and scales along `axis`."""
    other = tuple(i for i in range(a.ndim) if i != axis)
    scale = np.maximum(np.abs(a).max(axis=other), 1e-8).astype(np.float32) / 127
    shape = [1] * a.ndim
    shape[axis] = -1
    return np.clip(np.round(a / scale.reshape(shape)), -127, 127).astype(np.int8), scale


class Graph:
    def __init__(self, sd):
        self.sd, self.nodes, self.init, self.seen, self.k = sd, [], [], set(), 0

    def const(self, name, a):
        if name not in self.seen:
            self.seen.add(name)
            self.init.append(N.from_array(np.ascontiguousarray(a), name))
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

    def linear(self, x, name, rows=slice(None), out=None):
        w = self.matrix(f"{name}.{rows.start}", self.sd[name + ".weight"][rows].T)
        y = self.op("MatMul", [x, w])
        return self.op("Add", [y, self.const(f"{name}.{rows.start}.b", self.sd[name + ".bias"][rows])], out)

    def norm(self, x, name):
        return self.op("LayerNormalization", [x, self.const(name + ".w", self.sd[name + ".weight"]),
                                              self.const(name + ".b", self.sd[name + ".bias"])], axis=-1, epsilon=1e-12)

    def gelu(self, x):
        return self.op("Gelu", [x])

    def layer(self, x, bias, i):
        q = f"enc.layers.{i}."
        heads, rows = self.const("heads", np.array([0, 0, HEADS, WIDTH // HEADS])), self.const("rows", np.array([0, 0, WIDTH]))
        parts = []
        for j, n in enumerate("qkv"):
            t = self.op("Reshape", [self.linear(x, q + "qkv", slice(j * WIDTH, (j + 1) * WIDTH)), heads])
            parts.append(self.op("Transpose", [t], perm=[0, 2, 3, 1] if n == "k" else [0, 2, 1, 3]))
        s = self.op("Mul", [self.op("MatMul", parts[:2]), self.const("scale", np.float32((WIDTH // HEADS) ** -0.5))])
        s = self.op("Softmax", [self.op("Add", [s, bias])], axis=-1)
        a = self.op("Transpose", [self.op("MatMul", [s, parts[2]])], perm=[0, 2, 1, 3])
        x = self.norm(self.op("Add", [x, self.linear(self.op("Reshape", [a, rows]), q + "o")]), q + "ln1")
        h = self.linear(self.gelu(self.linear(x, q + "f1")), q + "f2")
        return self.norm(self.op("Add", [x, h]), q + "ln2")

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


def low(sd):
    g = Graph(sd)
    q, s = quantise(sd["enc.we.weight"], 0)
    rows = g.op("Cast", [g.op("Gather", [g.const("we.q", q), "ids"])], to=TP.FLOAT)
    s = g.op("Unsqueeze", [g.op("Gather", [g.const("we.s", s), "ids"]), g.const("ax2", np.array([2]))])
    x = g.op("Mul", [rows, s])
    t = g.op("Gather", [g.op("Shape", ["ids"]), g.const("i1", np.array([1]))], axis=0)
    pos = g.const("pe", sd["enc.pe.weight"] + sd["enc.te"])
    x = g.op("Add", [x, g.op("Slice", [pos, g.const("z", np.array([0])), t, g.const("ax0", np.array([0]))])])
    x = g.norm(g.op("Add", [x, g.op("Gather", [g.const("ce", sd["enc.ce.weight"]), "case"])]), "enc.ln")
    bias = g.bias()
    for i in range(LOW):
        x = g.layer(x, bias, i)
    g.op("Identity", [x], ["hidden"])
    w = g.take(x, "first")  # word 0 is [CLS]
    body = g.op("Slice", [w, g.const("b1", np.array([1])), g.const("bend", np.array([1 << 30])), g.const("bax", np.array([1]))])
    for k in TAGS:
        g.op("ArgMax", [g.linear(body, "tags." + k)], [k], axis=-1, keepdims=0)
    g.linear(body, "names", out=["names"])
    ad = g.gelu(g.linear(body, "ad"))
    ah = g.gelu(g.linear(w, "ah"))
    aht = g.op("Transpose", [ah], perm=[0, 2, 1])
    arc = g.op("MatMul", [g.op("MatMul", [ad, g.matrix("wa", sd["wa"])]), aht])
    g.op("Add", [arc, g.op("Transpose", [g.linear(ah, "ba")], perm=[0, 2, 1])], ["arc"])
    g.op("Identity", [g.gelu(g.linear(body, "rd"))], ["rd"])
    g.op("Identity", [g.gelu(g.linear(w, "rh"))], ["rh"])
    I, Fl = TP.INT64, TP.FLOAT
    return g.build("low", [("ids", I, ["B", "T"]), ("case", I, ["B", "T"]), ("mask", Fl, ["B", "T"]), ("first", I, ["B", "W"])],
                   [("hidden", 3)] + [(k, 2) for k in TAGS] + [("names", 3), ("arc", 3), ("rd", 3), ("rh", 3)])


def relation(sd):
    """rd, rh [N, d]: scores [N, R]."""
    g = Graph(sd)
    wr = sd["wr"]  # [R, d+1, d+1]
    r, d1, _ = wr.shape
    d = d1 - 1
    # rd~ W_r rh~  =  rd M_r rh + rd u_r + v_r rh + b_r
    m = g.op("MatMul", ["rd", g.matrix("wr.m", wr[:, :d, :d].transpose(1, 0, 2).reshape(d, r * d))])
    m = g.op("Reshape", [m, g.const("shape", np.array([-1, r, d]))])
    m = g.op("MatMul", [m, g.op("Unsqueeze", ["rh", g.const("ax2", np.array([2]))])])
    m = g.op("Squeeze", [m, g.const("ax2", np.array([2]))])
    m = g.op("Add", [m, g.op("MatMul", ["rd", g.const("wr.u", wr[:, :d, d].T.copy())])])
    m = g.op("Add", [m, g.op("MatMul", ["rh", g.const("wr.v", wr[:, d, :d].T.copy())])])
    g.op("Add", [m, g.const("wr.b", wr[:, d, d].copy())], ["relation"])
    return g.build("relation", [("rd", TP.FLOAT, ["N", d]), ("rh", TP.FLOAT, ["N", d])], [("relation", 2)])


def high(sd):
    g = Graph(sd)
    x = g.op("Add", ["hidden", g.op("Gather", [g.const("me", sd["enc.me.weight"]), "marks"])])
    bias = g.bias()
    for i in range(LOW, LAYERS):
        x = g.layer(x, bias, i)
    w = g.op("Identity", [g.take(x, "first")], ["words"])
    m = g.op("Unsqueeze", ["mask", g.const("ax2", np.array([2]))])
    ax1 = g.const("ax1", np.array([1]))
    total = g.op("ReduceSum", [g.op("Mul", [x, m]), ax1], keepdims=0)
    g.op("Div", [total, g.op("ReduceSum", [m, ax1], keepdims=0)], ["mean"])
    g.mlp(w, "kind", "kind")
    I, Fl = TP.INT64, TP.FLOAT
    return g.build("high", [("hidden", Fl, ["B", "T", WIDTH]), ("mask", Fl, ["B", "T"]), ("marks", I, ["B", "T"]), ("first", I, ["B", "W"])],
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
    Fl = TP.FLOAT
    return g.build("event", [("p", Fl, ["E", WIDTH]), ("mean", Fl, ["E", WIDTH]), ("words", Fl, ["E", "W", WIDTH])],
                   [("kind2", 2), ("mode", 2), ("status", 2), ("arguments", 3)])


def small(sd, name, n):
    g = Graph(sd)
    g.mlp("v", name, name)
    return g.build(name, [("v", TP.FLOAT, ["N", n * WIDTH])], [(name, 2)])


def main(source, target):
    saved = torch.load(source, weights_only=False, map_location="cpu")
    sd = {k: v.float().numpy() for k, v in saved["model"].items()}
    graphs = {"low": low(sd), "relation": relation(sd), "high": high(sd), "event": event(sd),
              "part": small(sd, "part", 2), "pair": small(sd, "pair", 3)}
    body = b"".join(graphs.values())
    places, at = {}, 0
    for k, v in graphs.items():
        places[k] = [at, len(v)]
        at += len(v)
    header = json.dumps({
        "format": VERSION, "sha256": hashlib.sha256(body).hexdigest(), "graphs": places, "width": WIDTH,
        "labels": {**saved["vocab"], "names": D.NAMES, "types": D.TYPES, "modes": D.MODES, "status": D.STATUS,
                   "arguments": [list(a) for a in D.ARGS], "parts": D.PARTS},
        "tokenizer": json.loads(D.T.to_str())}, ensure_ascii=False, separators=(",", ":")).encode()
    with open(target, "wb") as f:
        f.write(b"DEMARCHE" + struct.pack("<II", VERSION, len(header)) + header + body)
    print(target, {k: len(v) for k, v in graphs.items()}, len(header), "total", 16 + len(header) + len(body))
    compare(saved, graphs)


def compare(saved, graphs):
    """The graphs against torch on one made-up sentence."""
    import onnxruntime as ort

    from evaluate import single
    from model import Reader
    m = Reader(saved["vocab"])
    m.load_state_dict({k: v.float() for k, v in saved["model"].items()})
    m.eval()
    d = D.example_of("Oslo on Tuesday rejected an offer by Peru to host the talks.")
    ids, mask, case, first = single(d)
    run = lambda g, **f: ort.InferenceSession(graphs[g], providers=["CPUExecutionProvider"]).run(None, f)
    f0 = np.concatenate([[[0]], first.numpy()], 1)
    lo = run("low", ids=ids.numpy(), case=case.numpy(), mask=mask.float().numpy(), first=f0)
    with torch.no_grad():
        x, w = m.low(ids, mask, case, first)
        tags, names, arc, rd, rh = m.syntax(w)
        words, mean = m.high(x, mask, first, torch.zeros_like(ids))
        hi = run("high", hidden=lo[0], mask=mask.float().numpy(), marks=np.zeros_like(ids.numpy()), first=first.numpy())
        p = words[:, 3]
        ev = run("event", p=p.numpy(), mean=mean.numpy(), words=words.numpy())
        for name, a, b in (("hidden", x, lo[0]), ("names", names, lo[5]), ("arc", arc, lo[6]), ("words", words, hi[0]),
                           ("kind", m.kind(words), hi[2]), ("arguments", m.arguments(p, words), ev[3]),
                           ("relation", m.relation(rd[0], rh[0, :-1]), run("relation", rd=lo[7][0], rh=lo[8][0, :-1])[0])):
            print(name, "largest difference", float(np.abs(a.numpy() - b).max()), "of", float(a.abs().max()))


if __name__ == "__main__":
    main(*sys.argv[1:3])
