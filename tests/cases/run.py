#!/usr/bin/env python3
"""Runs one case of the extraction: tests/cases/NAME/ holds a document and what must be found in it.

usage: run.py GONGKAI CASE_FOLDER

  input.*         the document
  expected.jsonl  one JSON object a line; some record must have all its members with the same values (objects inside may
                  have more members). `{"absent": {...}}`: no record may fit
  args            more words for `gongkai extract`, one a line
  known-bug       marks a case that fails today, its text says why: the run shouts when it passes
"""
import glob
import json
import os
import subprocess
import sys


def fits(want, got):
    if isinstance(want, dict):
        return isinstance(got, dict) and all(key in got and fits(value, got[key]) for key, value in want.items())
    return want == got


def nearest(want, records):
    """The record that shares the most members, to be shown."""
    def shared(record):
        return sum(record.get(key) == value for key, value in want.items())
    best = max(records, key=shared, default=None)
    return json.dumps(best, ensure_ascii=False) if best else 'no record at all'


def judge(case, records):
    bad = 0
    with open(os.path.join(case, 'expected.jsonl'), encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            want = json.loads(line)
            absent = want.get('absent') if set(want) == {'absent'} else None
            found = [r for r in records if fits(absent if absent is not None else want, r)]
            if absent is not None and found:
                print('line %d: must be absent, but there is\n  %s' % (number, json.dumps(found[0], ensure_ascii=False)))
            elif absent is None and not found:
                print('line %d: nothing fits %s\n  nearest: %s' % (number, line.strip(), nearest(want, records)))
            else:
                continue
            bad += 1
    return bad


def main():
    gongkai, case = sys.argv[1], sys.argv[2]
    inputs = glob.glob(os.path.join(glob.escape(case), 'input.*'))
    args_file = os.path.join(case, 'args')
    args = open(args_file, encoding='utf-8').read().splitlines() if os.path.exists(args_file) else []
    done = subprocess.run([gongkai, 'extract', '-q', *args, *sorted(inputs)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    records = [json.loads(line) for line in done.stdout.decode('utf-8').splitlines()]
    bad = judge(case, records)
    if done.returncode not in (0, 1):
        print('exit code %d: %s' % (done.returncode, done.stderr.decode('utf-8', 'replace')))
        bad += 1
    known = os.path.join(case, 'known-bug')
    if not os.path.exists(known):
        return 1 if bad else 0
    print('a known bug: ' + open(known, encoding='utf-8').read().strip())
    if not bad:
        print('THIS CASE PASSES NOW. Delete %s and the bug stays away.' % known)
    return 0 if bad else 1


sys.exit(main())
