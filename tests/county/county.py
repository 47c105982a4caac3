#!/usr/bin/env python3
"""Makes the web sites of a fictional county, in the list dialects of the content systems that county sites use.

usage: county.py FOLDER PORT [--notices N] [--attachments N] [--sites N]

FOLDER gets www/ (a folder for each site), nginx.conf (each site on a loopback address of its own: 127.0.0.11, 127.0.0.12
...), seeds.tsv, and expected.json: the notices and files that a crawl since 2019 must bring, each with its URL, its kind,
its title and the amounts (yuan) that stand in it. Lists hold notices of other matters and of years before 2019 as well,
which must not be asked for. The output is the same on every run with the same arguments.
"""
import argparse
import hashlib
import io
import json
import os
import random
import sys

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tools', 'samples'))
import office  # noqa: E402
import pdf  # noqa: E402

COUNTY = '望汐县'
OFFICES = ['财政局', '教育局', '民政局', '水利局', '司法局', '审计局', '统计局', '医疗保障局', '农业农村局', '交通运输局',
           '自然资源局', '生态环境局', '文化和旅游局', '卫生健康局', '应急管理局', '退役军人事务局', '市场监督管理局',
           '图书馆', '博物馆', '档案馆', '第一中学', '第二中学', '实验小学', '特殊教育学校', '人民医院', '疾病预防控制中心']
TOWNS = ['潮生镇', '汐口镇', '石埠镇', '芦荡镇', '盐田乡', '渔湾乡', '东堤街道', '西堤街道']
OTHER = ['公开招聘工作人员公告', '会计专业技术资格考试报名通知', '办公楼修缮工程中标公告', '业务培训班通知', '职称评审答记者问']
YEARS = [2025, 2024, 2023, 2022, 2021, 2020, 2019, 2017, 2016]
CLUTTER = ['政务动态', '领导之窗', '办事指南', '互动交流', '便民服务', '走进望汐', '政策解读', '新闻发布', '网上信访',
           '数据开放', '专题专栏', '招商引资', '旅游名胜', '人事信息', '应急管理', '规划计划']


def amount(rng):
    """(ten thousand yuan as printed, yuan as an exact decimal)."""
    cents = rng.randrange(1000, 9999999)
    return f'{cents // 100}.{cents % 100:02d}', str(cents * 100)


class Notice:
    """One notice of a list: of the topic (with amounts and perhaps files), or of another matter."""

    def __init__(self, rng, number, topic, files):
        self.number, self.files, self.topic = number, [], topic
        unit = COUNTY + rng.choice(OFFICES + [t + '人民政府' for t in TOWNS])
        self.year = rng.choice(YEARS)
        final = rng.random() < 0.5
        self.values = []
        if topic:
            self.title = f'{unit}{self.year}年度部门决算公开' if final else f'{unit}{self.year}年部门预算公开'
            self.date = f'{self.year + final}-{"09" if final else "02"}-{rng.randrange(1, 28):02d}'
            self.lines = self.prose(rng, '决算' if final else '预算', 2)
            for n in range(files):
                name = f'{unit}{self.year}年{"部门决算" if final else "部门预算"}公开表{n + 1}'
                self.files.append((name, *self.attachment(rng, name, final)))
        else:
            self.title = f'{COUNTY}{rng.choice(OFFICES[1:])}{rng.choice(OTHER)}（第{number}号）'
            self.date = f'{self.year}-{rng.randrange(1, 12):02d}-{rng.randrange(1, 28):02d}'
            self.lines = ['各有关单位：', '现将有关事项通知如下，请遵照执行。']
        self.wanted = topic and self.year >= 2019

    def prose(self, rng, word, lines, values=None):
        out = []
        values = self.values if values is None else values
        for _ in range(lines):
            total, three = amount(rng), amount(rng)
            values += [total[1], three[1]]
            out.append(f'{self.year}年收入总{word}{total[0]}万元。{self.year}年“三公”经费{word}{three[0]}万元，比上年持平。'
                       '主要原因是本单位认真贯彻过紧日子要求，从严控制各项支出，保障基本运转和重点工作需要。')
        return out

    def attachment(self, rng, name, final):
        values = []
        lines = [name] + self.prose(rng, '决算' if final else '预算', 3, values)
        return ('docx', document(lines), values) if rng.random() < 0.5 else ('pdf', sheet(lines), values)


def document(lines):
    items = [('text', line, n == 0) for n, line in enumerate(lines)]
    out = io.BytesIO()
    office.word(items, out)
    return out.getvalue()


def sheet(lines):
    setter = pdf.Setter(lines[0])
    for n, line in enumerate(lines):
        setter.paragraph(line, n == 0)
    path = os.path.join(SCRATCH, 'sheet.pdf')
    pdf.write(setter.pages, path)
    with open(path, 'rb') as file:
        return file.read()


class Site:
    """What all dialects share: an address, a folder, encoded pages, and what is expected of a crawl."""
    name, charset, per_page = '', 'utf-8', 15
    entry = '/czj/yjs/'
    locations = ''

    def __init__(self, folder, number, port, notices):
        self.address = f'127.0.0.{11 + number}'
        self.base = f'http://{self.address}:{port}'
        self.folder = os.path.join(folder, 'www', self.name)
        self.notices = sorted(notices, key=lambda n: (n.date, n.number), reverse=True)
        self.expected, self.pages = [], 0

    def put(self, path, data):
        full = self.folder + path
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, 'wb') as file:
            file.write(data if isinstance(data, bytes) else data.encode(self.charset))
        self.pages += 1

    def html(self, title, body, head=''):
        declared = {'utf-8': 'UTF-8', 'gb18030': 'gb2312'}[self.charset]
        nav = ''.join(f'<li><a href="/{n % 7}xw/dt{n}/">{word}</a></li>' for n, word in enumerate(CLUTTER))
        foot = ''.join(f'<a href="/foot/{n}.html">{word}</a> | ' for n, word in enumerate(CLUTTER[:8]))
        return (f'<!DOCTYPE html>\n<html><head><meta charset="{declared}"><title>{title}</title>\n'
                f'<meta name="SiteName" content="{COUNTY}人民政府">\n<meta name="SiteIDCode" content="9901230001">\n{head}'
                f'</head><body>\n<div class="header"><ul class="nav">{nav}</ul></div>\n{body}\n'
                f'<div class="footer">{foot}<p>主办：{COUNTY}人民政府办公室　网站标识码：9901230001</p></div>\n</body></html>\n')

    def article_path(self, n):
        return f'/czj/yjs/{n.date[:7].replace("-", "")}/t{n.date.replace("-", "")}_{n.number}.html'

    def file_path(self, n, k, kind):
        return f'{os.path.dirname(self.article_path(n))}/P0{n.date.replace("-", "")}{n.number:06d}{k}.{kind}'

    def body_of(self, n):
        return 'class="TRS_Editor"'

    def put_article(self, n):
        files = ''
        for k, (name, kind, data, values) in enumerate(n.files):
            path = self.file_path(n, k, kind)
            self.put(path, data)
            self.pages -= 1
            files += f'<p>附件{k + 1}：<a href="./{os.path.basename(path)}">{name}.{kind}</a></p>'
            self.expect(n, path, 'attachment', name, data, values)
        head = (f'<meta name="ColumnName" content="预决算公开">\n<meta name="ArticleTitle" content="{n.title}">\n'
                f'<meta name="PubDate" content="{n.date} 09:30">\n')
        text = ''.join(f'<p>　　{line}</p>\n' for line in n.lines)
        body = f'<h1>{n.title}</h1><div class="info">发布日期：{n.date}</div>\n<div {self.body_of(n)}>{text}{files}</div>'
        data = self.html(n.title, body, head).encode(self.charset)
        self.put(self.article_path(n), data)
        self.expect(n, self.article_path(n), 'article', n.title, data, n.values)

    def expect(self, n, path, kind, title, data, values):
        if n.wanted:
            self.expected.append({'url': self.base + path, 'kind': kind, 'title': title, 'values': values,
                                  'published': n.date, 'year': n.year, 'sha256': hashlib.sha256(data).hexdigest()})

    def lists(self):
        """The notices of each page of the list."""
        return [self.notices[i:i + self.per_page] for i in range(0, len(self.notices), self.per_page)] or [[]]

    def items(self, notices):
        return ''.join(f'<li><span>{n.date}</span><a href="{self.article_path(n)}" title="{n.title}" target="_blank">'
                       f'{n.title}</a></li>\n' for n in notices)

    def make(self):
        for n in self.notices:
            self.put_article(n)
        self.put_lists()


class Trs(Site):
    """createPageHTML(N, cur, "index", "html"); GBK, declared gb2312."""
    name, charset = 'trs', 'gb18030'

    def script(self, count, current):
        return ('<script>function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}</script>'
                f'<div class="page"><script>createPageHTML({count}, {current}, "index", "html");</script></div>')

    def put_lists(self):
        pages = self.lists()
        for k, notices in enumerate(pages):
            name = f'index_{k}.html' if k else 'index.html'
            self.put(self.entry + name, self.html('预决算公开', f'<ul class="list">\n{self.items(notices)}</ul>' +
                                                  self.script(len(pages), k)))


class TrsCounted(Trs):
    """m_nRecordCount and m_nPageSize, as the columns of information disclosure have them."""
    name, charset, per_page = 'trs-counted', 'utf-8', 20
    entry = '/zfxxgk/yjs/'

    def script(self, count, current):
        return (f'<script>var m_nRecordCount = "{len(self.notices)}"; var m_nPageSize = {self.per_page};'
                f'var m_nCurrPage = {current};</script>')


class Numbered(Site):
    """list_1.shtml, list_2.shtml, with all page numbers as links."""
    name, entry = 'numbered', '/yjsgk/list_1.shtml'

    def put_lists(self):
        pages = self.lists()
        links = ''.join(f'<a href="list_{k + 1}.shtml">{k + 1}</a> ' for k in range(len(pages)))
        for k, notices in enumerate(pages):
            self.put(f'/yjsgk/list_{k + 1}.shtml',
                     self.html('预决算公开', f'<ul>\n{self.items(notices)}</ul><div class="pages">{links}</div>'))


class NextLink(Site):
    """A link to the next page only."""
    name, charset, entry = 'next-link', 'gb18030', '/czyjs/index.html'

    def put_lists(self):
        pages = self.lists()
        for k, notices in enumerate(pages):
            name = f'p{k + 1}.html' if k else 'index.html'
            after = f'<a href="p{k + 2}.html">下一页</a>' if k + 1 < len(pages) else ''
            self.put('/czyjs/' + name, self.html('预决算公开', f'<ul>\n{self.items(notices)}</ul><div class="page">{after}</div>'))


class Vsb(Site):
    """info/1234/5678.htm; the list counts down: yjs.htm is the newest page, yjs/N-1.htm the next, yjs/1.htm the oldest."""
    name, entry = 'vsb', '/yjs.htm'

    def article_path(self, n):
        return f'/info/1021/{n.number}.htm'

    def file_path(self, n, k, kind):
        return f'/info/1021/W0{n.number:06d}{k}.{kind}'

    def body_of(self, n):
        return 'id="vsb_content"'

    def put_lists(self):
        pages = self.lists()
        for k, notices in enumerate(pages):
            name = '/yjs.htm' if k == 0 else f'/yjs/{len(pages) - k}.htm'
            left = len(pages) - k - 1
            up, down = ('', 'yjs/') if k == 0 else ('../', '')
            after = f'<a href="{down}{left}.htm" class="Next">下页</a>' if left else ''
            items = ''.join(f'<li><a href="{up}info/1021/{n.number}.htm" title="{n.title}">{n.title}</a>'
                            f'<span>{n.date}</span></li>\n' for n in notices)
            self.put(name, self.html('预决算公开', f'<div class="list"><ul>\n{items}</ul></div>'
                                     f'<div class="pb_sys_common"><span class="p_no_d">{k + 1}</span>'
                                     f'<span class="p_next p_fun">{after}</span></div>'))


class Yearly(Site):
    """A column with a folder for each year, each a short list."""
    name, entry = 'yearly', '/czxx/yjsgk/'

    def put_lists(self):
        years = sorted({n.date[:4] for n in self.notices}, reverse=True)
        links = ''.join(f'<li><a href="{y}/index.html">{y}年部门预决算公开</a></li>\n' for y in years)
        self.put(self.entry + 'index.html', self.html('预决算公开', f'<ul class="list">\n{links}</ul>'))
        for y in years:
            items = self.items([n for n in self.notices if n.date[:4] == y])
            self.put(f'{self.entry}{y}/index.html', self.html(f'{y}年部门预决算公开', f'<ul class="list">\n{items}</ul>'))


class Jpage(Site):
    """Hanweb jpage: records in CDATA of a script, further pages from a data proxy."""
    name, entry = 'jpage', '/col/col4401/index.html'
    locations = '''location = /module/web/jpage/dataproxy.jsp { default_type text/xml; try_files /_jpage/$arg_page.xml =404; }
'''

    def article_path(self, n):
        year, month, day = (int(part) for part in n.date.split('-'))
        return f'/art/{year}/{month}/{day}/art_4401_{n.number}.html'

    def body_of(self, n):
        return 'id="zoom"'

    def store(self, notices, page, pages):
        records = ''.join(f'<record><![CDATA[<li><a href="{self.article_path(n)}" title="{n.title}" target="_blank">'
                          f'{n.title}</a><b>{n.date}</b></li>]]></record>\n' for n in notices)
        proxy = f'/module/web/jpage/dataproxy.jsp?page={page + 1}&appid=1&webid=12&path=/&columnid=4401&unitid=5188&permissiontype=0'
        group = f'<nextgroup><![CDATA[<a href="{proxy}"></a>]]></nextgroup>'
        return (f'<datastore>{group}<recordset>{records}</recordset><totalrecord>{len(self.notices)}</totalrecord>'
                f'<totalpage>{pages}</totalpage></datastore>')

    def put_lists(self):
        pages = self.lists()
        first = self.store(pages[0], 1, len(pages))
        self.put(self.entry, self.html('预决算公开', f'<div id="5188"><script type="text/xml">{first}</script></div>'))
        for k, notices in enumerate(pages):
            self.put(f'/_jpage/{k + 1}.xml', '<?xml version="1.0" encoding="UTF-8"?>\n' + self.store(notices, k + 1, len(pages)))


DIALECTS = [Trs, TrsCounted, Numbered, NextLink, Vsb, Yearly]

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


def make(folder, port, notices, attachments, sites=None, dialects=DIALECTS):
    """Makes everything; returns (sites, expected documents)."""
    global SCRATCH
    SCRATCH = folder
    rng = random.Random(20260101)
    os.makedirs(os.path.join(folder, 'temp'), exist_ok=True)
    made, servers, number = [], '', 0
    count = sites or len(dialects)
    with_files = set(rng.sample(range(notices), min(attachments, notices)))
    for s in range(count):
        share = []
        for _ in range(notices // count + (s < notices % count)):
            share.append(Notice(rng, number, number in with_files or rng.random() < 0.85, number in with_files))
            number += 1
        kind = dialects[s % len(dialects)]
        cls = type(kind.__name__ + str(s), (kind,), {'name': f'{kind.name}-{s}'})
        site = cls(folder, s, port, share)
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
