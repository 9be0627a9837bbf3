"""Words of running text, for data that comes without tokens. The Rust reader cuts the same way (language/tokens.rs)."""
import re

ABBREVIATIONS = set(
    "mr mrs ms dr prof gen lt col maj sgt capt adm rev hon sen rep gov pres st jr sr inc corp co ltd bros dept univ assn "
    "no vs etc jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun "
    "a.m p.m e.g i.e u.s u.k u.n e.u d.c ph.d".split())
CONTRACTIONS = ("n't", "'s", "'re", "'ve", "'ll", "'d", "'m")
TOKEN = re.compile(
    r"https?://[^\s<>\"]+|www\.[^\s<>\"]+|[\w.+-]+@[\w-]+\.[\w.-]+\w"   # addresses
    r"|(?:[A-Za-z]\.){2,}"                                               # U.S.
    r"|\d+(?:[.,:/]\d+)+|\d+(?:st|nd|rd|th|s)\b|\d+"                     # numbers
    r"|\.{2,}|-{2,}"
    r"|[^\W_]+(?:['’][^\W_]+)*"                                          # words, with apostrophes inside
    r"|['’]s\b"
    r"|\S", re.U)


def words(text):
    """Spans (start, end) in characters."""
    out = []
    for m in TOKEN.finditer(text):
        a, b = m.span()
        a = max(a, out[-1][1] if out else 0)  # a dot may have gone with the abbreviation before it
        w = text[a:b]
        if not w:
            continue
        low = w.lower().replace("’", "'")
        if w[0].isalpha():
            if b < len(text) and text[b] == "." and (low in ABBREVIATIONS or (len(w) == 1 and w.isupper())):
                out.append((a, b + 1))
                continue
            if low == "cannot":
                out += [(a, a + 3), (a + 3, b)]
                continue
            for c in CONTRACTIONS:
                if low.endswith(c) and len(low) > len(c):
                    out += [(a, b - len(c)), (b - len(c), b)]
                    break
            else:
                out.append((a, b))
        else:
            out.append((a, b))
    return out


END = re.compile(r"[.!?…][\"”’')\]]*\s+")


def sentences(text):
    """Spans of sentences in characters; rough, for cutting training texts."""
    out, start = [], 0
    for m in END.finditer(text):
        before = text[start:m.start() + 1].split()
        last = before[-1].lower().rstrip(".").lstrip("(\"“") if before else ""
        after = text[m.end():m.end() + 1]
        if after and (after.isupper() or after.isdigit() or after in "\"“‘'(") and not (
                text[m.start()] == "." and (last in ABBREVIATIONS or len(last) == 1 or "." in last)):
            out.append((start, m.start() + len(m.group().rstrip())))
            start = m.end()
    if text[start:].strip():
        out.append((start, len(text.rstrip())))
    return out
