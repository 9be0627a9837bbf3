#!/usr/bin/env python3
"""Measures the reader on development data and writes docs/accuracy.md.

usage: accuracy.py DATA [--only TASK]

DATA is the folder with the development sets (relation/, ud/, ner/, timex/, geo/, extract/, articles/, seed beside it).
Every figure in the report comes from `demarche-dev eval`, run here; none is typed.
"""
import datetime
import json
import os
import platform
import re
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PROGRAM = os.path.join(ROOT, "target", "release", "demarche-dev")
RUNS = [
    ("relation", "relation/plv-dev.tsv", ["macro_f1_15", "macro_f1_4", "macro_f1_2", "accuracy_15"]),
    ("coding", "relation/plv-dev.tsv", ["macro_f1_15", "macro_f1_4", "macro_f1_2", "events_per_sentence", "without_match"]),
    ("relation", "relation/aw-dev.tsv", ["accuracy_2", "macro_f1_2"]),
    ("reading", "articles", ["type.p", "type.r", "type.f1", "quad.f1", "mode.right", "status.right", "actor.right",
                             "actor_country.right", "recipient.right", "recipient_country.right", "date.right", "speaker.right"]),
    ("reading", "../seed", ["share", "right", "n", "beyond"]),
    ("reading", "EXAMPLES", ["share", "right", "n", "beyond"]),
    ("parse", "ud/en_ewt-dev.conllu", ["gold_tokens.upos", "gold_tokens.lemma", "gold_tokens.uas", "gold_tokens.las",
                                       "raw_text.tokens", "raw_text.upos", "raw_text.lemma", "raw_text.las", "sentences_f1"]),
    ("parse", "ud/en_gum-dev-news.conllu", ["gold_tokens.upos", "gold_tokens.lemma", "gold_tokens.uas", "gold_tokens.las",
                                            "raw_text.tokens", "raw_text.upos", "raw_text.lemma", "raw_text.las", "sentences_f1"]),
    ("parse", "TREEBANK", ["gold_tokens.upos", "gold_tokens.lemma", "gold_tokens.uas", "gold_tokens.las",
                           "raw_text.tokens", "raw_text.upos", "raw_text.lemma", "raw_text.las", "sentences_f1"]),
    ("corpus", "CORPUS", ["events", "type.f1", "type.p", "type.r", "type_of_found", "mode", "status",
                          "false_events_in_100_texts_without", "roles.actor", "roles.recipient", "roles.third_party",
                          "roles.speaker", "roles.terms", "roles.condition", "roles.deadline", "roles.when", "roles.where",
                          "calibration_error"]),
    ("names", "ner/uner_ewt-dev.iob2", ["all.f1", "PER.f1", "ORG.f1", "LOC.f1"]),
    ("names", "ner/worldwide-newswire-dev", ["all.f1", "PER.f1", "ORG.f1", "LOC.f1"]),
    ("names", "ner/wikigold.conll", ["all.f1", "PER.f1", "ORG.f1", "LOC.f1"]),
    ("quiet", "news/wikinews_2019.csv", ["articles", "sentences", "events", "events_in_100_sentences"]),
    ("quotes", "quotes/polnear-dev", ["content.overlap.f1", "source.overlap.f1", "cue.overlap.f1", "content.exact.f1", "source.exact.f1", "speakers_known"]),
    ("coreference", "ud/en_gum-dev-news.conllu", None),
    ("time", "timex/timebank", None),
    ("places", "geo/TR-News.xml", None),
    ("places", "geo/GeoVirus.xml", None),
    ("articles", "extract/articles", None),
    ("pages", "extract/pages", None),
]
# Sets in this repository.
OWN = {"EXAMPLES": "examples", "TREEBANK": "treebank/news-dev.conllu", "CORPUS": "corpus"}


def pick(measures, path):
    if path in measures:
        return measures[path]
    for key in path.split("."):
        measures = measures.get(key, {}) if isinstance(measures, dict) else {}
    return measures if not isinstance(measures, dict) else "-"


def flat(measures):
    return [(k, v) for k, v in measures.items() if isinstance(v, (int, float))]


def main(data, only):
    run = lambda *a: subprocess.run(a, cwd=ROOT, capture_output=True, text=True).stdout.strip()
    cpu = re.search(r"model name\s*:\s*(.*)", open("/proc/cpuinfo").read()) if os.path.exists("/proc/cpuinfo") else None
    lines = ["# Accuracy", "",
             f"Measured on {datetime.date.today()} at commit {run('git', 'rev-parse', '--short', 'HEAD')}, "
             f"{cpu.group(1) if cpu else platform.processor()}, by `benchmarks/accuracy.py`.",
             "The model was chosen without regard to any of these sets but `ewt-dev`; two thirds of `articles` were among its",
             "training texts (see MODEL.md), so that row flatters it. `wikigold` is its last fifth, `CORPUS` the fifth of the",
             "corpus that is kept apart.", "",
             "| task | data | measures |", "| --- | --- | --- |"]
    for task, path, keys in RUNS:
        if only and task not in only:
            continue
        full = os.path.join(ROOT, OWN[path]) if path in OWN else os.path.join(data, path)
        r = subprocess.run([PROGRAM, "eval", task, full], cwd=ROOT, capture_output=True, text=True)
        if r.returncode:
            lines.append(f"| {task} | {path} | not measured: {r.stderr.strip().splitlines()[-1] if r.stderr.strip() else r.returncode} |")
            continue
        m = json.loads(r.stdout.strip().splitlines()[-1])
        got = flat(m) if keys is None else [(k, pick(m, k)) for k in keys]
        lines.append(f"| {task} | {path} | " + ", ".join(f"{k} {v}" for k, v in got) + " |")
        print(lines[-1], flush=True)
    if not only:
        open(os.path.join(ROOT, "docs", "accuracy.md"), "w").write("\n".join(lines) + "\n")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[3:] if "--only" in sys.argv else None)
