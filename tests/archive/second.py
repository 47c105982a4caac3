"""A second reader of WARC files: npm warcio, installed once beside the program."""
import fcntl
import json
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


class Second:
    """What goes wrong is raised as a RuntimeError."""

    def __init__(self, gongkai):
        self.folder = os.path.join(os.path.dirname(gongkai), 'warcio')
        os.makedirs(self.folder, exist_ok=True)
        with open(self.folder + '/lock', 'w') as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.install()

    def install(self):
        for name in ('package.json', 'package-lock.json', 'read.mjs'):
            shutil.copy(os.path.join(HERE, name), self.folder)
        if os.path.exists(os.path.join(self.folder, 'node_modules', 'warcio')):
            return
        npm = subprocess.run(['npm', 'ci', '--loglevel=error', '--no-audit', '--no-fund'], cwd=self.folder, capture_output=True,
                             text=True)
        if npm.returncode:
            raise RuntimeError('npm: ' + npm.stderr)

    def records(self, path):
        """All records of a file, as read.mjs tells them."""
        read = subprocess.run(['node', os.path.join(self.folder, 'read.mjs'), path], capture_output=True, text=True)
        if read.returncode:
            raise RuntimeError('warcio: ' + read.stderr)
        return [json.loads(line) for line in read.stdout.splitlines()]

    def answers(self, paths):
        """(url, type, digest, offset) of the answers in files; their requests and digests are compared on the way."""
        answers = []
        for path in paths:
            records, before = self.records(path), len(answers)
            for r in records:
                if r['type'] in ('response', 'revisit'):
                    answers.append((r['url'], r['type'], r['digest'], r['offset']))
                if r['type'] == 'response' and r['digest'] != 'sha256:' + r['computed']:
                    raise RuntimeError('warcio reads another payload of ' + r['url'])
            if [r['type'] for r in records].count('request') != len(answers) - before:
                raise RuntimeError('requests are missing')
        return answers


def ours(gongkai, archive):
    """The same by `gongkai archive list`."""
    listed = subprocess.run([gongkai, 'archive', 'list', '--json', archive], capture_output=True, text=True, check=True).stdout
    return [(c['url'], c['type'], c['digest'], c['offset']) for c in map(json.loads, listed.splitlines())]
