"""What a whole document must give, kept as digests: its figures, its targets and what a check of it must tell.

A truth is what a person read in the document, in the form of the gold files (NAME.mentions.jsonl, NAME.indicators.jsonl and
NAME.findings.tsv; records.md and the two programs that score say what their members mean). It is kept as one line for each:

  mention  line, and three digests that each hold the one before: kind and value; the subject; measure and year
  goal     line, and two digests: name and target; levels, operator, actual, weight and score
  finding  level (must, may, never), kind of check and the places (half-open byte offsets) of the figures to blame
  least    of what (found, labelled, full, goals, goals-full, musts, true-findings), and the share that must hold at least

A subject and a name agree as in the scoring: folded alike, or the one that was kept is most of the other.
"""
import bisect
import collections
import hashlib
import json
import re
import unicodedata
from decimal import Decimal, InvalidOperation

MENTIONS = ('amount', 'percentage', 'quantity')
LEVELS = ('found', 'labelled', 'full')
NEAR = 4000                  # bytes between two rows of one target at most
FAMILIES = (
    ('sum', 'difference', 'balance', 'total', 'part_whole'),
    ('change_rate', 'direction'),
    ('execution_rate', 'undefined', 'rate'),
    ('same_fact', 'target'),
    ('weights', 'score'),
    ('missing_unit', 'missing_figure', 'missing_label'),
)


def digest(*members):
    return hashlib.sha256('\x1f'.join(members).encode('utf-8')).hexdigest()[:12]


def fold(text):
    text = unicodedata.normalize('NFKC', text or '')
    text = re.sub(r'[\s"“”‘’\'（）()《》〈〉【】\[\]:：,，、。;；·.\-—_/]', '', text)
    return re.sub(r'^(其中|[一二三四五六七八九十])+(?=[^\d一二三四五六七八九十])', '', text).lower()


def agree(a, b):
    short, long = sorted((fold(a), fold(b)), key=len)
    return bool(short) and short in long and (short == long or len(short) >= 5 or 2 * len(short) > len(long))


def names_in(text):
    """All that agrees with a label and is no longer than it."""
    text = fold(text)
    n = len(text)
    least = min(5, n // 2 + 1)
    return {text[i:j] for i in range(n) for j in range(i + least, n + 1)} or {''}


def plain(value):
    try:
        value = Decimal(str(value).replace(',', ''))
    except InvalidOperation:
        return fold(str(value or ''))
    return format(value.normalize(), 'f') if value else '0'


def told(record, names):
    return [plain(record.get(n)) if n in ('actual', 'weight', 'score', 'target') else fold(str(record.get(n) or ''))
            for n in names]


def years(record):
    """The year of a record, and none: where the truth has none, it is not asked for."""
    return {str(record.get('year') or ''), ''}


def mention_digests(record, subject, year):
    """`subject`: folded."""
    found = digest(record['kind'], plain(record['value']))
    labelled = digest(found, subject)
    return found, labelled, digest(labelled, record.get('measure', ''), year)


GOAL = ('level1', 'level2', 'op', 'actual', 'weight', 'score')


def goal_digests(record, name, target):
    """`name`: folded."""
    found = digest(name, plain(target))
    return found, digest(found, *told(record, GOAL))


# ---- writing

def shorter(text, others):
    """The label, or that of a record which agrees with it and is shorter."""
    alike = [o for o in others if o and agree(text, o)]
    return min([text] + alike, key=lambda o: len(fold(o)))


def load(path):
    return [json.loads(line) for line in open(path, encoding='utf-8') if line.strip()]


def near(row, records, kinds):
    """The records that stand on the place of a row of a truth."""
    start, end = row['start'], row.get('end', row['start'] + 1)
    return [r for r in records if r['kind'] in kinds and r['span']['start'] < end and start < r['span']['end']]


def print_truth(folder, name, records):
    records = load(records)
    for row in load('%s/%s.mentions.jsonl' % (folder, name)):
        subject = shorter(row['subject'], [r.get('subject') for r in near(row, records, (row['kind'],))])
        print('mention\t%s\t%s' % (row['line'], '\t'.join(mention_digests(row, fold(subject), str(row['year'])))))
    for row in load('%s/%s.indicators.jsonl' % (folder, name)):
        goals = [r for r in records if r['kind'] == 'indicator' and abs(r['span']['start'] - row['start']) < NEAR]
        label = shorter(row['name'], [r.get('name') for r in goals if plain(r.get('target')) == plain(row['target'])])
        print('goal\t%s\t%s' % (row['line'], '\t'.join(goal_digests(row, fold(label), row['target']))))
    for line in open('%s/%s.findings.tsv' % (folder, name), encoding='utf-8').read().splitlines()[1:]:
        level, check, places, others = (line.split('\t')[i] for i in (1, 2, 3, 7))
        places = [p.split('@')[1] for p in (places + '|' + others).split('|') if '@' in p]
        if places:
            print('finding\t%s\t%s\t%s' % (level, check, ' '.join(places)))


# ---- comparing

class Truth:
    def __init__(self):
        self.mentions, self.goals, self.findings, self.least = [], [], [], {}

    def take(self, word, rest):
        """Whether a line of a file of digests is one of a truth."""
        if word == 'mention':
            self.mentions.append((int(rest[0]), rest[1:]))
        elif word == 'goal':
            self.goals.append((int(rest[0]), rest[1:]))
        elif word == 'finding':
            self.findings.append((rest[0], rest[1], [tuple(map(int, p.split('-'))) for p in rest[2].split()]))
        elif word == 'least':
            self.least[rest[0]] = Decimal(rest[1])
        else:
            return False
        return True


def digests_of(record):
    """For each level what a record answers to."""
    if record['kind'] == 'indicator':
        both = [goal_digests(record, n, t) for n in names_in(record.get('name')) for t in (record.get('target'), '')]
        return [set(level) for level in zip(*both)]
    out = [set(), set(), set()]
    for subject in names_in(record.get('subject')) | names_in(record.get('column')):
        for year in years(record):
            for level, d in zip(out, mention_digests(record, subject, year)):
                level.add(d)
    return out


def pair(wanted, records, lines):
    """How many of the wanted are met at each level; each record stands for one, the best first. `lines`: how far off its
    line one may stand."""
    answers = [(r['line'], digests_of(r)) for r in records]
    by_digest = collections.defaultdict(list)
    for i, (_, levels) in enumerate(answers):
        for d in levels[0]:
            by_digest[d].append(i)
    met, used = [0] * 3, set()
    for line, want in wanted:
        best = None
        for i in by_digest[want[0]]:
            at, levels = answers[i]
            if i in used or abs(at - line) > lines:
                continue
            rank = (sum(w in have for w, have in zip(want, levels)), -abs(at - line), -i)
            best = max(best, (rank, i)) if best else (rank, i)
        if best:
            used.add(best[1])
            for level in range(best[0][0]):
                met[level] += 1
    return met


def family(check):
    return next((f for f in FAMILIES if check in f), (check,))


def on_places(finding, places, spans):
    own = [(finding['span']['start'], finding['span']['end'])] + [spans[t] for t in finding.get('terms', []) if t in spans]
    return any(s < e2 and s2 < e for s, e in own for s2, e2 in places)


def compare_findings(truth, records):
    """The share of the musts that were found, and of the findings that stand on a must or may."""
    spans = {r['id']: (r['span']['start'], r['span']['end']) for r in records if 'id' in r and 'span' in r}
    told_of = [r for r in records if r['kind'] == 'finding' and r['status'] in ('contradicts', 'undefined')]
    musts, true = set(), 0
    for finding in told_of:
        rows = [i for i, (level, check, places) in enumerate(truth.findings)
                if level != 'never' and family(check) == family(finding['check']) and on_places(finding, places, spans)]
        true += bool(rows)
        musts |= {i for i in rows if truth.findings[i][0] == 'must'}
    asked = sum(level == 'must' for level, _, _ in truth.findings)
    return share(len(musts), asked, asked), share(true, len(told_of), len(told_of))


def share(met, wanted, given):
    """F1 of what was met."""
    return Decimal(2 * met) / (wanted + given) if wanted + given else Decimal(1)


def compare(truth, records, source):
    """The shares that hold, by the names of `least`."""
    ends = [i for i, byte in enumerate(source) if byte == 10]
    for r in records:
        if 'span' in r:
            r['line'] = bisect.bisect_left(ends, r['span']['start']) + 1
    mentions = [r for r in records if r['kind'] in MENTIONS]
    goals = [r for r in records if r['kind'] == 'indicator']
    shares = dict(zip(LEVELS, (share(n, len(truth.mentions), len(mentions)) for n in pair(truth.mentions, mentions, 1))))
    met = pair(truth.goals, goals, 60)
    shares['goals'], shares['goals-full'] = (share(n, len(truth.goals), len(goals)) for n in met[:2])
    shares['musts'], shares['true-findings'] = compare_findings(truth, records)
    return shares


def fallen(truth, records, source):
    """The lines that tell which shares are less than they have been."""
    shares = compare(truth, records, source)
    return ['%s: %.4f, and %s has held' % (name, shares[name], least) for name, least in truth.least.items()
            if shares[name] < least]
