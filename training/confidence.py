"""Sets the weights by which the coder's confidence is calculated.  python confidence.py CANDIDATES [TARGET]

CANDIDATES: from `demarche-dev eval corpus ../corpus --predictions CANDIDATES`: the events that the coder might see in
the part of the corpus that is kept apart, with the signs for and against each. One half of the texts sets the weights
(logistic regression) and the measure `least`, from which on F1 is best; the other half judges.
TARGET: ../crates/demarche/codebook/confidence.toml, if none is named.
"""
import json
import os
import sys

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
TYPES_HELD_BACK = 3.0  # types have few events each, so their weights are held nearer to nothing than the others


def main(candidates, target):
    texts = [json.loads(line) for line in open(candidates, encoding="utf8")]
    kinds = sorted({k for t in texts for e in t["events"] for k in e["signs"]})
    general = ["predicate", "type", "second", "seconded", "contradicted", "overruled", "frame", "actor", "recipient", "terms", "told", "long"]
    names = general + [k for k in kinds if k not in general]

    def table(judged):
        events = [e for t in texts if t["judged"] == judged for e in t["events"]]
        x = torch.tensor([[e["signs"].get(n, 0.0) for n in names] for e in events], dtype=torch.float64)
        return x, torch.tensor([float(e["right"]) for e in events], dtype=torch.float64), sum(t["told"] for t in texts if t["judged"] == judged)
    x, y, told = table(False)
    w = torch.zeros(len(names), dtype=torch.float64, requires_grad=True)
    b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    pull = torch.tensor([1.0 if n in general else TYPES_HELD_BACK for n in names], dtype=torch.float64)
    opt = torch.optim.LBFGS([w, b], max_iter=500, line_search_fn="strong_wolfe")

    def loss():
        opt.zero_grad()
        out = torch.nn.functional.binary_cross_entropy_with_logits(x @ w + b, y, reduction="sum") + (pull * w * w).sum()
        out.backward()
        return out
    opt.step(loss)
    p = torch.sigmoid(x @ w + b).detach()
    order = p.argsort(descending=True)
    f1 = 2 * y[order].cumsum(0) / (torch.arange(1, len(p) + 1) + told)
    least = float(p[order[f1.argmax()]])
    weights = {n: round(float(v), 3) for n, v in zip(names, w.detach())}
    with open(target, "w", encoding="utf8") as f:
        f.write("# What each sign counts for in the confidence of an event. Written by training/confidence.py.\n")
        f.write(f"least = {least:.3f}\nbias = {b.item():.3f}\n\n[weights]\n")
        f.writelines(f"{n} = {v}\n" for n, v in weights.items())
    for name, judged in (("set by", False), ("judged by", True)):
        x, y, told = table(judged)
        p = torch.sigmoid(x @ w + b).detach()
        order = p.argsort()
        off = sum(abs(float(p[c].mean() - y[c].mean())) * len(c) for c in order.chunk(10)) / len(p)
        got = p >= least
        right = float(y[got].sum())
        print(f"{name}: {len(y)} candidates, calibration error {off:.3f}; from {least:.3f} on P {right / int(got.sum()):.3f} "
              f"R {right / told:.3f} F1 {2 * right / (int(got.sum()) + told):.3f}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else os.path.join(HERE, "..", "crates", "demarche", "codebook", "confidence.toml"))
