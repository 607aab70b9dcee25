#!/usr/bin/env python3
"""Writes tables.inc: Unicode's simple case folding and its word characters, as short ranges.

Run by hand when Unicode grows (python3 generate_tables.py > tables.inc); the result is committed, so
that building needs no Unicode library.
"""
import sys
import unicodedata


def simple_fold(point):
    """Simple folding keeps one character one character: where full folding gives more, lower() does."""
    char = chr(point)
    for folded in (char.casefold(), char.lower()):
        if len(folded) == 1:
            return ord(folded)
    return point


# Written without spaces between words, or with endings attached: a word's edge says nothing there.
WITHOUT_EDGES = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN",
                 "JAVANESE", "BALINESE", "TAI LE", "NEW TAI LUE", "TAI THAM", "YI ", "NUSHU", "TANGUT")


def word(point):
    char = chr(point)
    if char == "_":
        return True
    if unicodedata.category(char)[0] not in "LMN":
        return False
    return not unicodedata.name(char, "").startswith(WITHOUT_EDGES)


points = [p for p in range(sys.maxunicode + 1) if not 0xD800 <= p <= 0xDFFF]

folds = []  # [first, last, step, delta]
for p in points:
    delta = simple_fold(p) - p
    if delta == 0:
        continue
    last = folds[-1] if folds else None
    if last and last[3] == delta and p - last[1] <= 2 and (last[0] == last[1] or p - last[1] == last[2]):
        last[2] = p - last[1]
        last[1] = p
    else:
        folds.append([p, p, 1, delta])

words = []
for p in points:
    if not word(p):
        continue
    if words and words[-1][1] == p - 1:
        words[-1][1] = p
    else:
        words.append([p, p])


def rows(items):
    line = ""
    for item in items:
        if len(line) + len(item) > 96:
            print("    " + line.rstrip())
            line = ""
        line += item + " "
    print("    " + line.rstrip())


print(f"// Made by generate_tables.py from Unicode {unicodedata.unidata_version}. Do not edit.")
print("constexpr FoldRange fold_ranges[] = {")
rows([f"{{0x{a:X}, 0x{b:X}, {s}, {d}}}," for a, b, s, d in folds])
print("};")
print("constexpr WordRange word_ranges[] = {")
rows([f"{{0x{a:X}, 0x{b:X}}}," for a, b in words])
print("};")
