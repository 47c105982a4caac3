#!/usr/bin/env python3
"""Runs one case of the command: tests/cli/NAME/ holds what to run and what must come out.

usage: run.py GONGKAI CASE_FOLDER

  cmd          a shell script; it runs in a copy of the folder, $GONGKAI is the command, $SOURCE the source tree
  expect.out   what standard output must be; empty where there is no such file
  expect.err   the same for standard error
  expect.code  the exit code, 0 where there is no such file
  long         marks a case that takes long (an empty file)

In the expectations `<*>` stands for anything within a line, and a line `<...>` for any number of lines. The script may
end with 77: the case cannot be run here, and standard error says why.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile


def read(path, default):
    if not os.path.exists(path):
        return default
    with open(path, 'rb') as file:
        return file.read().decode('utf-8', 'backslashreplace')


def matches(want, got):
    pattern = ''
    for line in want.splitlines(keepends=True):
        if line.rstrip('\n') == '<...>':
            pattern += r'(?:[^\n]*\n)*?'
        else:
            pattern += '[^\n]*?'.join(re.escape(part) for part in line.split('<*>'))
    return re.fullmatch(pattern, got) is not None


def complain(name, want, got):
    print('%s is not what is expected\n--- expected\n%s\n--- came out\n%s\n---' % (name, want, got[:6000]))


def main():
    gongkai, case = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    source = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    scratch = tempfile.mkdtemp(prefix='gongkai-cli-', dir=os.path.dirname(gongkai))
    try:
        folder = os.path.join(scratch, 'case')
        shutil.copytree(case, folder, symlinks=True)
        environment = dict(os.environ, GONGKAI=gongkai, SOURCE=source, LC_ALL='C.UTF-8', TZ='UTC', CASE=case)
        for name in ('NO_COLOR', 'GONGKAI_PATTERNS'):
            environment.pop(name, None)
        done = subprocess.run(['sh', 'cmd'], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    finally:
        subprocess.run(['chmod', '-R', 'u+rwX', scratch], check=False)
        shutil.rmtree(scratch, ignore_errors=True)
    out = done.stdout.decode('utf-8', 'backslashreplace')
    err = done.stderr.decode('utf-8', 'backslashreplace')
    if done.returncode == 77:
        print('cannot be run here: ' + err)
        return 77
    bad = 0
    for name, got in (('expect.out', out), ('expect.err', err)):
        want = read(os.path.join(case, name), '')
        if not matches(want, got):
            complain(name, want, got)
            bad = 1
    code = int(read(os.path.join(case, 'expect.code'), '0'))
    if done.returncode != code:
        print('the exit code is %d, not %d' % (done.returncode, code))
        bad = 1
    if bad:
        print('standard error was:\n' + err[:3000])
    return bad


sys.exit(main())
