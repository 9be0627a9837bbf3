"""Words of running text, for data that comes without tokens. The Rust reader cuts the same way (language/tokens.rs):
both follow the English treebanks, where hyphenated words are cut but for prefixes, and clitics stand alone."""
import re

ABBREVIATIONS = set(
    "mr mrs ms dr prof gen lt col maj sgt capt adm rev hon sen rep gov pres st ft jr sr inc corp co ltd bros dept univ "
    "assn no vs etc al div approx ca fig jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri "
    "sat sun a.m p.m e.g i.e u.s u.k u.n e.u d.c ph.d ed vol pp mt ave blvd rd".split())
CONTRACTIONS = ("n't", "'s", "'re", "'ve", "'ll", "'d", "'m")
# Written without the apostrophe, or grown together: where the first word ends.
JOINED = {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "dont": 2, "doesnt": 4, "didnt": 3, "cant": 2, "wont": 2,
          "isnt": 2, "arent": 3, "wasnt": 3, "couldnt": 5, "wouldnt": 5, "shouldnt": 6, "havent": 4, "hasnt": 3, "aint": 2,
          "youre": 3, "theyre": 4, "ive": 1, "youve": 3, "im": 1, "thats": 4, "whats": 4, "hes": 2, "shes": 3}
PREFIX = ("(?i:anti|co|counter|cross|de|ex|extra|inter|mid|mini|multi|non|pan|post|pre|pro|quasi|re|semi|sub|trans|ultra|un|"
          "neo|para|mis|micro|mega|intra|e|vice)")
TOKEN = re.compile(
    r"(?:https?|ftp)://[^\s<>\"]*[^\s<>\".,;:!?)\]}'’”]|www\.[^\s<>\"]*[^\s<>\".,;:!?)\]}'’”]"  # addresses
    r"|(?:mailto:)?[\w.%+-]+@[\w-]+(?:\.[\w-]+)*"
    r"|[A-Za-z0-9][\w-]*(?:\.[A-Za-z0-9][\w-]*)*\.(?i:com|org|net|edu|gov|info|co\.uk|html?|pdf|docx?|xlsx?|xls|txt|jpe?g|gif)\b"
    r"|(?:[A-Z]\.){2,}[A-Z]\b|(?:[A-Za-z]\.){2,}|Ph\.D\.?"               # U.S.A, U.S.
    r"|\+?\d{3}-\d{3}-\d{4}\b|\b\d{3}-\d{4}\b"                           # telephone numbers
    r"|[^\W_]+(?:_+[^\W_]+)+"                                           # names of files
    r"|\+?\d+(?:[.,:/]\d+)+|\d+(?:st|nd|rd|th|s|[A-Z])\b|\+?\d+"         # numbers
    r"|[:;=]['’]?-?[)(DPp]+(?:\s|$)|<3\b|\^_\^"                           # faces
    r"|\.{2,}|-{2,}|[!?][!?.]*[!?]|\.[!?]+|\*{2,}|_{2,}|={2,}|~{2,}|#{2,}|<{2,}|>{2,}|''|``|’’|‘‘|‘’|\+{2,}"
    r"|" + PREFIX + r"-[^\W\d_]+(?:['’][^\W_]+)*"
    r"|[A-Z]{1,3}&[A-Z]{1,2}\b"
    r"|[^\W_]+(?:['’][^\W_]+)*"                                          # words, with apostrophes inside
    r"|['’`]s\b"
    r"|\S", re.U)


def words(text):
    """Spans (start, end) in characters."""
    out = []
    for m in TOKEN.finditer(text):
        a, b = m.span()
        a = max(a, out[-1][1] if out else 0)  # a dot may have gone with the abbreviation before it
        w = text[a:b]
        trimmed = w.rstrip()  # a face is known by the space behind it
        b, w = b - (len(w) - len(trimmed)), trimmed
        if not w:
            continue
        if not w[0].isalpha():
            out.append((a, b))
            continue
        low = w.lower().replace("’", "'")
        if low == "etc" and text[b:b + 1] == "." and (b + 1 == len(text) or re.match(r"\s+[A-Z]", text[b + 1:b + 4])):
            out.append((a, b))  # here the dot ends the sentence, and stands alone
            continue
        if b < len(text) and text[b] == "." and (low in ABBREVIATIONS or (len(w) == 1 and w.isupper())):
            out.append((a, b + 1))
            continue
        if low in JOINED:
            out += [(a, a + JOINED[low]), (a + JOINED[low], b)]
            continue
        for c in CONTRACTIONS:
            if low.endswith(c) and len(low) > len(c):
                out += [(a, b - len(c)), (b - len(c), b)]
                break
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
