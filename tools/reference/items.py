#!/usr/bin/env python3
"""Writes patterns/function-codes.tsv and patterns/economic-codes.tsv: codes of budget items with their names and years.

    usage: items.py DOCUMENTS PATTERNS

DOCUMENTS is a folder of disclosures (PDF, HTML, XLSX, XLS, text), read with all folders below it; an index.tsv in it
(columns file, kind, year) tells the fiscal years. PATTERNS is the folder the tables are written to. Needs pdftotext
(poppler-utils); XLS files are read where xls2csv (catdoc) is there. The same files give the same bytes.

What is gathered: a code that stands before a name in a row, in one piece or in the three pieces 类 款 项. Worked example:

    2080505    机关事业单位基本养老保险缴费支出    4,608,515         -> 2080505, the name
    208  05  05   机关事业单位基本养老保险缴费支   4,608,515         -> the same code; the name is cut and loses against the
                                                                        whole one, of which it is the beginning

A pair counts once for a file. A name is kept where it is official (known-items.tsv), or where enough files agree.
"""
import collections
import html
import os
import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
CLASSES = {
    "revenue": "101 102 103 104 105 110 111".split(),
    "function": "201 202 203 204 205 206 207 208 209 210 211 212 213 214 215 216 217 219 220 221 222 223 224 227 229 230 "
                "231 232 233 234".split(),
    "economic": "301 302 303 307 309 310 311 312 313 399 501 502 503 504 505 506 507 508 509 510 511 512 513 514 599".split(),
}
LENGTHS = {"revenue": (3, 5, 7, 9), "function": (3, 5, 7), "economic": (3, 5)}
KIND_OF = {c: kind for kind, classes in CLASSES.items() for c in classes}
NAME = r"[\u4e00-\u9fff“][\u4e00-\u9fff、“”（）()《》·\-]*"
ROW = re.compile(r"(?<![^\s|])([1-5]\d{2}(?:\d{2}){0,3}|[1-5]\d{2}(?:[ \t]+\d{2}){1,2})[ \t|]+(" + NAME + r")(?=\s|\||$)")
MARKS = re.compile(r"^(其中[:：]?|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\))")
LEVELS = re.compile(r"[（(][类款项][）)]")
# Words of captions, units and agencies that stand behind a code without being the name of an item.
NO_NAME = re.compile(r"^(万元|亿元|单位|合计|小计|总计|元|人|年|其中|本级|科目|项目|代码|编码|预算数|决算数|类|款|项|栏次)$|"
                     r"(局|委员会|办公室|中心|街道办事处)$|(完成预算|预算数|决算数|比上年|万元|亿元|增长|主要|反映)")


# Reading files: each reader yields rows of text.

def rows_of_pdf(path):
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=False).stdout
    return text.decode("utf-8", "replace").splitlines()


def rows_of_html(path):
    with open(path, "rb") as f:
        data = f.read()
    head = data[:4096].lower()
    text = data.decode("gb18030" if b"gb2312" in head or b"gbk" in head else "utf-8", "replace")
    text = re.sub(r"(?is)<(script|style).*?</\1>", "", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"(?i)</t[dh]\s*>", "\t", text)
    text = re.sub(r"(?i)</tr\s*>|<br\s*/?>", "\n", text)
    text = re.sub(r"(?i)(?<!\t)</(p|div|h\d|li)\s*>(?!\s*</t)", "\n", text)
    text = html.unescape(re.sub(r"<[^>]*>", "", text))
    return [re.sub(r" +", " ", line) for line in text.splitlines()]


def rows_of_xlsx(path):
    ns = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as z:
        names = z.namelist()
        shared = []
        if "xl/sharedStrings.xml" in names:
            root = ElementTree.fromstring(z.read("xl/sharedStrings.xml"))
            shared = ["".join(t.text or "" for t in si.iter(ns + "t")) for si in root.iter(ns + "si")]
        for name in sorted(n for n in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", n)):
            for row in ElementTree.fromstring(z.read(name)).iter(ns + "row"):
                yield "\t".join(cell_text(c, shared, ns) for c in row.iter(ns + "c"))


def cell_text(cell, shared, ns):
    value = cell.find(ns + "v")
    if value is None or value.text is None:
        text = "".join(t.text or "" for t in cell.iter(ns + "t"))
    elif cell.get("t") == "s":
        text = shared[int(value.text)]
    else:
        text = value.text
    return re.sub(r"\s+", "", text)


def rows_of_xls(path):
    with open(path, "rb") as f:
        if f.read(2) == b"PK":
            return list(rows_of_xlsx(path))
    try:
        text = subprocess.run(["xls2csv", "-c", "\t", "-q0", "-d", "utf-8", path], capture_output=True, check=False).stdout
    except FileNotFoundError:
        return []
    return text.decode("utf-8", "replace").splitlines()


def rows_of_text(path):
    with open(path, "rb") as f:
        return f.read().decode("utf-8", "replace").splitlines()


READERS = {"pdf": rows_of_pdf, "html": rows_of_html, "htm": rows_of_html, "xlsx": rows_of_xlsx, "xls": rows_of_xls,
           "txt": rows_of_text, "md": rows_of_text}


# Fiscal years.

def index_years(folder):
    years = {}
    path = os.path.join(folder, "index.tsv")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            for line in f:
                fields = line.rstrip("\n").split("\t")
                if len(fields) > 2 and re.fullmatch(r"20\d\d", fields[2]):
                    years[fields[0]] = int(fields[2])
    return years


def year_of(name, rows, years):
    """From the index, else the year before 年度 or 年 that the first 200 rows name most, else from the file's name."""
    if name in years:
        return years[name]
    for pattern in (r"(20[012]\d)\s*年度", r"(20[012]\d)\s*年"):
        found = collections.Counter(re.findall(pattern, "\n".join(rows[:200])))
        if found:
            return int(min(found, key=lambda y: (-found[y], y)))
    found = re.search(r"(?<!\d)(20[012]\d)(?!\d)", os.path.basename(name))
    return int(found.group(1)) if found else None


# Gathering.

def clean_name(name):
    name = LEVELS.sub("", MARKS.sub("", name.strip()))
    name = name.replace("(", "（").replace(")", "）").strip("、，-·")
    if name.count("（") != name.count("）") or name.count("“") != name.count("”"):
        return None
    if not 2 <= len(name) <= 40 or NO_NAME.search(name):
        return None
    return name


def kind_of(code):
    kind = KIND_OF.get(code[:3])
    return kind if kind and len(code) in LENGTHS[kind] and not code.endswith("00") else None


def pairs_of(rows):
    pairs = set()
    for row in rows:
        row = re.sub(r"[\u00a0\u3000]", " ", row)
        # A name printed with blanks between its letters or levels is one name: （类） stands apart in some tables.
        row = re.sub(r"(?<=[\u4e00-\u9fff])[ ](?=[（(][类款项])", "", row)
        for match in ROW.finditer(row):
            code, name = re.sub(r"\s", "", match.group(1)), clean_name(match.group(2))
            if name and kind_of(code):
                pairs.add((code, name))
    return pairs


def gather(folder):
    """{(code, name): [years, one for each file]}"""
    years, seen = index_years(folder), collections.defaultdict(list)
    for base, dirs, files in os.walk(folder):
        dirs.sort()
        for file in sorted(files):
            reader = READERS.get(file.rpartition(".")[2].lower())
            if not reader or file == "index.tsv":
                continue
            path = os.path.join(base, file)
            rows = list(reader(path))
            year = year_of(os.path.relpath(path, folder), rows, years)
            for pair in pairs_of(rows):
                seen[pair].append(year)
    return seen


def read_known():
    known = {}
    with open(os.path.join(HERE, "known-items.tsv"), encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#"):
                code, name, first, last = (line.rstrip("\n").split("\t") + ["", ""])[:4]
                known[(code, name)] = (int(first) if first else None, int(last) if last else None)
    return known


# Choosing.

def is_cut(name, count, others):
    """The beginning or the end of a name that is seen at least as often, or that is much longer: a broken line."""
    return any(name != o and (o.startswith(name) or o.endswith(name)) and (n >= count or n >= 2) for o, n in others.items())


def plausible(code, name, names, known):
    count = names[name]
    if (code, name) in known:
        return True
    if len(code) == 3:
        return False
    if is_cut(name, count, names):
        return False
    most = max(names.values())
    if len(code) >= 7:
        return count == most or count >= 2
    return count >= 2 and (count == most or count * 10 >= most)


def choose(seen, known):
    by_code = collections.defaultdict(dict)
    for (code, name), years in seen.items():
        by_code[code][name] = len(years)
    for code, name in known:
        by_code[code].setdefault(name, 0)
    rows = []
    for code in sorted(by_code):
        names = by_code[code]
        kept = [n for n in names if plausible(code, n, names, known)]
        for name in sorted(kept, key=lambda n: rank((code, n), seen.get((code, n), []), known)):
            rows.append(row_of(code, name, seen.get((code, name), []), known.get((code, name))))
    return rows


def rank(pair, years, known):
    """Official names in use go first, then those seen most, then those seen last."""
    official = known.get(pair)
    return (0 if official and official[1] is None else 1, -len(years), -max([y for y in years if y], default=0), pair[1])


def row_of(code, name, years, official):
    known_years = [y for y in years if y]
    first, last = (min(known_years), max(known_years)) if known_years else (None, None)
    if official:
        first, last = official
    return [code, name, str(first or ""), str(last or ""), str(len(years))]


HEADERS = {
    "function-codes.tsv": """\
# Items of revenue and of expenditure by function: codes of 3 (类), 5 (款), 7 (项) and, for revenue, 9 (目) digits with names.
# Made by tools/reference/items.py from the code columns of published budgets and accounts, and from known-items.tsv.
""",
    "economic-codes.tsv": """\
# Items of expenditure by economic nature: codes of departments (3xx) and of governments (5xx), 3 (类) and 5 (款) digits.
# Made by tools/reference/items.py from the code columns of published budgets and accounts, and from known-items.tsv.
""",
}
COLUMNS = """\
# Columns, parted by one tab, sorted by code, then official name first, then by number of files:
#   code  name  first fiscal year seen  last fiscal year seen  files it was seen in
# For names of known-items.tsv the years are those of the official classification (empty: open); others say only where the
# name was seen, which is no proof that it was not used before or after.
# Lines that begin with #WORD and a tab are data:
#   #form   kind of code | digits it may begin with | numbers of digits
#   #strip  means nothing when it stands in brackets behind a name
#   #tail   may be missing at the end of a printed name
"""
DIRECTIVES = {
    "function-codes.tsv": "#form\trevenue\t1\t3\t5\t7\t9\n#form\tfunction\t2\t3\t5\t7\n#strip\t类\n#strip\t款\n#strip\t项\n"
                          "#strip\t目\n#tail\t支出\n",
    "economic-codes.tsv": "#form\teconomic\t35\t3\t5\n",
}
FILE_OF = {"revenue": "function-codes.tsv", "function": "function-codes.tsv", "economic": "economic-codes.tsv"}


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: items.py DOCUMENTS PATTERNS")
    rows = choose(gather(sys.argv[1]), read_known())
    for file, header in HEADERS.items():
        with open(os.path.join(sys.argv[2], file), "w", encoding="utf-8", newline="\n") as out:
            out.write(header + COLUMNS + DIRECTIVES[file])
            for row in rows:
                if FILE_OF[KIND_OF[row[0][:3]]] == file:
                    out.write("\t".join(row) + "\n")


if __name__ == "__main__":
    main()
