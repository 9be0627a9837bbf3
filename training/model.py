"""Two readers over the same embeddings: syntax and names from a low stack, events from a high one."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from data import ARGS, MODES, NAMES, PARTS, STATUS, TYPES
import large
from encoder import HIGH, LOW, NARROW, WIDTH, Embeddings, Linear, Stack, load_pretrained

TAGS = ("upos", "xpos", "feats", "script")
ARG_SIZES = [len(a) for a in ARGS]


def mlp(n_in, n_out, p=0.2):
    return nn.Sequential(nn.Dropout(p), nn.Linear(n_in, WIDTH), nn.GELU(), nn.Dropout(p), nn.Linear(WIDTH, n_out))


def gather(x, index):
    return torch.gather(x, 1, index[..., None].expand(-1, -1, x.shape[-1]))


class Syntax(nn.Module):
    """Tags, lemmas, trees and names of words that are given."""

    def __init__(self, vocab, arc=320, rel=64, inner=NARROW):
        super().__init__()
        self.emb, self.stack = Embeddings(), Stack(LOW, inner)
        self.tags = nn.ModuleDict({k: Linear(WIDTH, len(vocab[k])) for k in TAGS})
        self.names = Linear(WIDTH, len(NAMES))
        self.ad, self.ah = Linear(WIDTH, arc), Linear(WIDTH, arc)
        self.rd, self.rh = Linear(WIDTH, rel), Linear(WIDTH, rel)
        self.wa = nn.Parameter(torch.empty(arc, arc))
        nn.init.orthogonal_(self.wa)
        self.wa.data *= 0.1
        self.ba = nn.Linear(arc, 1)
        self.wr = nn.Parameter(torch.randn(len(vocab["rel"]), rel + 1, rel + 1) * 0.01)

    def load_pretrained(self):
        load_pretrained(self.emb, self.stack)

    def words(self, ids, mask, case, first):
        x = self.stack(self.emb(ids), mask, case)
        zero = torch.zeros(len(ids), 1, dtype=torch.long)
        return gather(x, torch.cat([zero, first], 1))  # word 0 is [CLS], the root of the tree

    def heads(self, w):
        w = F.dropout(w, 0.2, self.training)
        g = lambda l: F.dropout(F.gelu(l(w)), 0.25, self.training)
        tags = {k: m(w[:, 1:]) for k, m in self.tags.items()}
        ad, ah, rd, rh = g(self.ad)[:, 1:], g(self.ah), g(self.rd)[:, 1:], g(self.rh)
        arc = ad @ self.wa @ ah.transpose(1, 2) + self.ba(ah).transpose(1, 2)
        return tags, self.names(w[:, 1:]), arc, rd, rh

    def relation(self, rd, rh):
        """Scores of relations for pairs of dependent and head, [N, R]."""
        one = torch.ones(*rd.shape[:-1], 1)
        return torch.einsum("nd,rde,ne->nr", torch.cat([rd, one], -1), self.wr, torch.cat([rh, one], -1))


def sizes(state):
    """The sizes of a trained Syntax, from its weights."""
    return {"rel": len(state["rd.bias"]), "inner": len(state["stack.layers.0.f1.bias"])}


def narrow(wide, to, batches):
    """The weights of `wide` for a Syntax of the smaller sizes `to`: of each layer's inner units, and of the units that
    relations are judged by, those are kept that carry most over `batches` of (ids, mask, case, first)."""
    seen = {}

    def watch(name, module, after):
        def hook(_, __, out):
            seen[name] = seen.get(name, 0) + after(out).abs().flatten(0, -2).mean(0)
        return module.register_forward_hook(hook)
    hooks = [watch(i, l.f1, F.gelu) for i, l in enumerate(wide.stack.layers)]
    hooks += [watch("rd", wide.rd, F.gelu), watch("rh", wide.rh, F.gelu)]
    wide.eval()
    with torch.no_grad():
        for b in batches:
            wide.heads(wide.words(*b))
    for h in hooks:
        h.remove()
    sd = {k: v.float().clone() for k, v in wide.state_dict().items()}
    most = lambda weight, n: torch.topk(weight, n).indices.sort().values
    for i in range(len(wide.stack.layers)):
        q = f"stack.layers.{i}."
        keep = most(seen[i] * sd[q + "f2.weight"].norm(dim=0), to["inner"])
        sd[q + "f1.weight"], sd[q + "f1.bias"] = sd[q + "f1.weight"][keep], sd[q + "f1.bias"][keep]
        sd[q + "f2.weight"] = sd[q + "f2.weight"][:, keep]
    last = torch.tensor([sd["wr"].shape[1] - 1])
    for side, axis in (("rd", 1), ("rh", 2)):
        keep = most(seen[side] * sd["wr"].index_select(axis, torch.arange(len(seen[side]))).norm(dim=(0, 3 - axis)), to["rel"])
        sd[side + ".weight"], sd[side + ".bias"] = sd[side + ".weight"][keep], sd[side + ".bias"][keep]
        sd["wr"] = sd["wr"].index_select(axis, torch.cat([keep, last]))
    return sd


class Events(nn.Module):
    """Predicates and their type, mode, status and arguments; the type between a marked pair of parties. `teacher`: the
    same over the large encoder."""

    def __init__(self, q=192, teacher=False):
        super().__init__()
        self.emb, self.stack = (large.Embeddings(), large.Stack()) if teacher else (Embeddings(), Stack(HIGH))
        h = large.WIDTH if teacher else WIDTH
        self.kind = mlp(h, len(TYPES))
        self.kind2 = mlp(2 * h, len(TYPES))
        self.mode = mlp(2 * h, len(MODES))
        self.status = mlp(2 * h, len(STATUS))
        self.ap, self.aw = nn.Linear(h, q), nn.Linear(h, q)
        n = sum(ARG_SIZES)
        self.ua = nn.Parameter(torch.randn(n, q, q) * 0.01)
        self.ub = nn.Linear(2 * q, n)
        self.part = mlp(2 * h, len(PARTS))
        self.pair = mlp(3 * h, len(TYPES))

    def load_pretrained(self):
        if isinstance(self.stack, large.Stack):
            large.load_pretrained(self.emb, self.stack)
        else:
            load_pretrained(self.emb, self.stack)

    def words(self, ids, mask, case, first, marks):
        """Vectors of words, and of the sentence."""
        x = self.stack(self.emb(ids), mask, case, marks)
        m = mask.float()[..., None]
        return gather(x, first), (x * m).sum(1) / m.sum(1)

    def arguments(self, p, w):
        """p [E, h] predicates, w [E, n, h] the words of their sentences: [E, n, labels]."""
        p, w = F.gelu(self.ap(F.dropout(p, 0.2, self.training))), F.gelu(self.aw(F.dropout(w, 0.2, self.training)))
        both = torch.cat([p[:, None].expand_as(w), w], -1)
        return torch.einsum("eq,aqr,enr->ena", p, self.ua, w) + self.ub(both)
