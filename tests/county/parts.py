"""Notices of a fictional county, and what all of its sites share: addresses, pages, and what is expected of a crawl."""
import hashlib
import io
import os
import sys
import tempfile

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
    years, paragraphs = YEARS, 2

    def __init__(self, rng, number, topic, files):
        self.number, self.files, self.topic = number, [], topic
        unit = COUNTY + rng.choice(OFFICES + [t + '人民政府' for t in TOWNS])
        self.year = rng.choice(self.years)
        final = rng.random() < 0.5
        self.values = []
        if topic:
            self.title = f'{unit}{self.year}年度部门决算公开' if final else f'{unit}{self.year}年部门预算公开'
            self.date = f'{self.year + final}-{"09" if final else "02"}-{rng.randrange(1, 28):02d}'
            self.lines = self.prose(rng, '决算' if final else '预算', self.paragraphs)
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
    with tempfile.NamedTemporaryFile(suffix='.pdf') as file:
        pdf.write(setter.pages, file.name)
        return file.read()


class Site:
    """What all dialects share: an address, a folder, encoded pages, and what is expected of a crawl."""
    name, charset, per_page = '', 'utf-8', 15
    entry = '/czj/yjs/'
    locations = ''
    abroad = None      # a notice on another domain that its lists name
    elsewhere = None   # the site that has the files of this one
    unfollowed = None  # the notice whose robots meta tag says nofollow: its files are not to be asked for

    def __init__(self, folder, number, port, notices):
        self.address = f'127.0.0.{11 + number}'
        self.base = f'http://{self.address}:{port}'
        self.folder = os.path.join(folder, 'www', self.name)
        self.notices = sorted(notices, key=lambda n: (n.date, n.number), reverse=True)
        self.expected, self.pages = [], 0
        self.unfollowed = next((n for n in self.notices if n.files and n.wanted), None)

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
            where = self.elsewhere or self
            where.put(path, data)
            where.pages -= 1
            link = where.base + path if self.elsewhere else './' + os.path.basename(path)
            files += f'<p>附件{k + 1}：<a href="{link}">{name}.{kind}</a></p>'
            if n is not self.unfollowed:
                self.expect(n, path, 'attachment', name, data, values, where)
        head = (f'<meta name="ColumnName" content="预决算公开">\n<meta name="ArticleTitle" content="{n.title}">\n'
                f'<meta name="PubDate" content="{n.date} 09:30">\n')
        if n is self.unfollowed:
            head += '<meta name="robots" content="nofollow">\n'
        text = ''.join(f'<p>　　{line}</p>\n' for line in n.lines)
        body = f'<h1>{n.title}</h1><div class="info">发布日期：{n.date}</div>\n<div {self.body_of(n)}>{text}{files}</div>'
        data = self.html(n.title, body, head).encode(self.charset)
        self.put(self.article_path(n), data)
        self.expect(n, self.article_path(n), 'article', n.title, data, n.values)

    def expect(self, n, path, kind, title, data, values, where=None):
        if n.wanted:
            self.expected.append({'url': (where or self).base + path, 'kind': kind, 'title': title, 'values': values,
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
