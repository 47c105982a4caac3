#!/usr/bin/env python3
"""Makes the web sites of a fictional county, in the list dialects of the content systems that county sites use.

usage: county.py FOLDER PORT [--notices N] [--attachments N] [--sites N]

FOLDER gets www/ (a folder for each site), nginx.conf (each site on a loopback address of its own: 127.0.0.11, 127.0.0.12
...), seeds.tsv, and expected.json: the notices and files that a crawl since 2019 must bring, each with its URL, its kind,
its title and the amounts (yuan) that stand in it. Lists hold notices of other matters and of years before 2019 as well,
which must not be asked for; of each site one notice says nofollow, and one site has its files on another server. The output
is the same on every run with the same arguments.
"""
import argparse
import json
import os
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from dialects import DIALECTS  # noqa: E402
from parts import COUNTY, Notice  # noqa: E402

NGINX = '''daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    types {{ text/html html htm shtml; application/pdf pdf; text/xml xml; application/json json; text/plain txt;
            application/vnd.openxmlformats-officedocument.wordprocessingml.document docx; }}
    log_format asked '$server_addr $request_method $request_uri $status';
    access_log {folder}/access.log asked;
    client_body_temp_path {folder}/temp; proxy_temp_path {folder}/temp; fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp; scgi_temp_path {folder}/temp;
    gzip on; gzip_types text/xml application/json;
    keepalive_timeout 60; keepalive_requests 100000; tcp_nopush on; sendfile on;
{servers}}}
'''


def make(folder, port, notices, attachments, sites=None, dialects=DIALECTS, share_of_topic=0.85):
    """Makes everything; returns (sites, expected documents)."""
    rng = random.Random(20260101)
    os.makedirs(os.path.join(folder, 'temp'), exist_ok=True)
    made, servers, number = [], '', 0
    count = sites or len(dialects)
    with_files = set(rng.sample(range(notices), min(attachments, notices)))
    for s in range(count):
        share = []
        for _ in range(notices // count + (s < notices % count)):
            share.append(Notice(rng, number, number in with_files or rng.random() < share_of_topic, number in with_files))
            number += 1
        kind = dialects[s % len(dialects)]
        cls = type(kind.__name__ + str(s), (kind,), {'name': f'{kind.name}-{s}'})
        site = cls(folder, s, port, share)
        site.elsewhere = made[0] if s == 1 else None  # a county that keeps its files on another server
        site.make()
        site.put('/robots.txt', 'User-agent: *\nDisallow: /internal/\n')
        made.append(site)
        servers += (f'    server {{ listen {site.address}:{port}; root {site.folder}; index index.html; {kind.locations}}}\n')
    write(folder, made, servers)
    return made, [e for site in made for e in site.expected]


def write(folder, made, servers):
    with open(os.path.join(folder, 'nginx.conf'), 'w', encoding='utf-8') as file:
        file.write(NGINX.format(folder=folder, servers=servers))
    with open(os.path.join(folder, 'seeds.tsv'), 'w', encoding='utf-8') as file:
        file.write('url\tregion\tdivision_code\tagency\tlabel\n')
        for site in made:
            file.write(f'{site.base}{site.entry}\t{COUNTY}\t990123\t{COUNTY}财政局\t{site.name}\n')
    with open(os.path.join(folder, 'expected.json'), 'w', encoding='utf-8') as file:
        json.dump({'documents': [e for s in made for e in s.expected], 'pages': sum(s.pages for s in made),
                   'sites': {s.base + s.entry: len(s.expected) for s in made}}, file, ensure_ascii=False, indent=1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('folder')
    parser.add_argument('port', type=int)
    parser.add_argument('--notices', type=int, default=300)
    parser.add_argument('--attachments', type=int, default=30)
    parser.add_argument('--sites', type=int)
    o = parser.parse_args()
    os.makedirs(o.folder, exist_ok=True)
    made, expected = make(os.path.abspath(o.folder), o.port, o.notices, o.attachments, o.sites)
    print(f'{len(made)} sites, {sum(s.pages for s in made)} pages, {len(expected)} documents expected')


if __name__ == '__main__':
    main()
