#!/usr/bin/env python3
"""A lexicon of any size from the real word lists, the same for the same number.

made_lexicon.py ENTRIES FILE.lift [DATA]      DATA: where the lists lie (../shared/data/dictionary)

Words are real ones and pairs of them; glosses are those of the lists. Rhade and Jarai (ABVD), Vietic and Bahnaric (CLDF),
Tai Dam, Khmer and Jarai in Khmer script: see SOURCES.md beside the lists. Nothing of it is kept in this repository.
"""
import csv, hashlib, os, sys
from xml.sax.saxutils import escape, quoteattr


def words(data):
    """(tag, word, English gloss), in a fixed order."""
    seen = set()

    def tell(tag, word, gloss):
        word = word.strip()
        if word and (tag, word) not in seen:
            seen.add((tag, word))
            yield tag, word, gloss.strip()
    for name, tag in (("741-rhade-ede", "rad-Latn"), ("744-jarai", "jra-Latn")):
        with open(f"{data}/abvd/{name}.tsv", encoding="utf-8") as f:
            for row in csv.DictReader(f, delimiter="\t"):
                values = list(row.values())
                word = row.get("item") or row.get("form") or values[-1] or ""
                gloss = row.get("word") or row.get("gloss") or ""
                for one in word.split(","):
                    yield from tell(tag, one, gloss)
    for folder in ("sidwellvietic", "sidwellbahnaric", "clarkkimmun", "duonglachi"):
        with open(f"{data}/cldf/{folder}/forms.csv", encoding="utf-8") as f:
            for row in csv.DictReader(f):
                yield from tell("und", row["Form"], row["Parameter_ID"].replace("_", " "))
    for name, tag in (("blt-Tavt_taidam", "blt-Tavt"), ("km_chuon-nath-headwords", "km-Khmr"), ("jra-Khmr_jarai", "jra-Khmr")):
        with open(f"{data}/wordlist/{name}.tsv", encoding="utf-8") as f:
            for line in f:
                cells = line.rstrip("\n").split("\t")
                yield from tell(tag, cells[0], cells[2] if len(cells) > 2 else "")


def lexicon(entries, path, data):
    real = list(words(data))
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<lift version="0.13" producer="made_lexicon">\n')
        for n in range(entries):
            tag, word, gloss = real[n % len(real)]
            if n >= len(real):
                # pairs of words that stand near each other in the lists: of one language mostly
                other = real[(n * 7919 + n // len(real)) % len(real)]
                other = next((real[(n + k) % len(real)] for k in range(1, 50) if real[(n + k * (n // len(real))) % len(real)][0] == tag), other)
                word, gloss = f"{word} {other[1]}", f"{gloss} {other[2]}".strip()
            guid = hashlib.md5(str(n).encode()).hexdigest()
            guid = f"{guid[:8]}-{guid[8:12]}-{guid[12:16]}-{guid[16:20]}-{guid[20:]}"
            out.write(f'<entry id={quoteattr(word + "_" + guid)} guid="{guid}" dateCreated="2026-01-01T00:00:00Z" dateModified="2026-01-01T00:00:00Z">\n'
                      f'<lexical-unit>\n<form lang="{tag}"><text>{escape(word)}</text></form>\n</lexical-unit>\n'
                      f'<sense id="s-{guid}">\n<grammatical-info value="Noun"/>\n<gloss lang="en"><text>{escape(gloss or "?")}</text></gloss>\n'
                      f'<gloss lang="vi"><text>nghĩa {n}</text></gloss>\n'
                      f'<trait name="semantic-domain-ddp4" value="{1 + n % 9}.{1 + n % 7}.{1 + n % 5} Domain"/>\n</sense>\n</entry>\n')
        out.write("</lift>\n")


if __name__ == "__main__":
    if len(sys.argv) < 3: sys.exit(__doc__)
    here = os.path.dirname(os.path.abspath(__file__))
    lexicon(int(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else os.path.join(here, "../../../shared/data/dictionary"))
