#!/usr/bin/env python3
"""Runs the commands of the README: every ```sh block, in order, in one folder that looks like the source tree.

usage: run.py SOURCE BUILD

A block must end with 0. Where a ```text block follows, that is what it prints; `...` stands for anything, within a line
or, alone on a line, for any number of lines.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile


def blocks(text):
    """(shell commands, expected text or None) for each ```sh block."""
    for found in re.finditer(r'^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?', text, re.S | re.M):
        yield found.group(1), found.group(2)


def matches(want, got):
    pattern = ''
    for line in want.splitlines(keepends=True):
        if line == '...\n':
            pattern += r'(?:[^\n]*\n)*?'
        else:
            pattern += '[^\n]*?'.join(re.escape(part) for part in line.split('...'))
    return re.fullmatch(pattern, got) is not None


def main():
    source, build = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    scratch = tempfile.mkdtemp(prefix='readme-', dir=build)
    bad = count = 0
    try:
        for name in ('corpus', 'patterns', 'extractor'):
            os.symlink(os.path.join(source, name), os.path.join(scratch, name))
        os.symlink(build, os.path.join(scratch, 'build'))
        with open(os.path.join(source, 'README.md'), encoding='utf-8') as file:
            readme = file.read()
        for commands, want in blocks(readme):
            count += 1
            done = subprocess.run(['sh', '-e'], input=commands.encode(), cwd=scratch, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, env=dict(os.environ, LC_ALL='C.UTF-8'))
            got = done.stdout.decode('utf-8', 'replace')
            if done.returncode or (want is not None and not matches(want, got)):
                bad += 1
                print('$ %s\nexit code %d\n--- expected\n%s\n--- came out\n%s' %
                      (commands, done.returncode, want, got[:4000]))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print('%d blocks, %d failures' % (count, bad))
    return 1 if bad or not count else 0


sys.exit(main())
