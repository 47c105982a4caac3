"""The list dialects of the content systems that county sites use: each a Site whose lists are paged in its own way."""
import json

from parts import Site


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
    """A link to the next page only; and a notice on another domain, which is told and not asked for."""
    name, charset, entry = 'next-link', 'gb18030', '/czyjs/index.html'
    abroad = 'http://127.0.0.9:1/czyjs/202405/t20240501_1.html'

    def put_lists(self):
        pages = self.lists()
        for k, notices in enumerate(pages):
            name = f'p{k + 1}.html' if k else 'index.html'
            after = f'<a href="p{k + 2}.html">下一页</a>' if k + 1 < len(pages) else ''
            other = f'<li><span>2024-05-01</span><a href="{self.abroad}">望汐县2024年政府预算公开</a></li>'
            self.put('/czyjs/' + name, self.html('预决算公开', f'<ul>\n{self.items(notices)}{other}</ul>'
                                                 f'<div class="page">{after}</div>'))


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


class JpagePost(Jpage):
    """Hanweb jpage, further records by POST with the numbers of the first and the last."""
    name, entry = 'jpage-post', '/col/col4402/index.html'
    locations = '''location = /module/jpage/dataproxy.jsp { error_page 405 =200 /_post/$arg_startrecord.xml; return 405; }
'''

    def article_path(self, n):
        return super().article_path(n).replace('art_4401', 'art_4402')

    def store(self, notices, page, pages):
        records = ''.join(f'<record><![CDATA[<li><a href="{self.article_path(n)}" title="{n.title}">{n.title}</a>'
                          f'<span>{n.date}</span></li>]]></record>\n' for n in notices)
        return f'<datastore><totalrecord>{len(self.notices)}</totalrecord><recordset>{records}</recordset></datastore>'

    def put_lists(self):
        pages = self.lists()
        widget = (f"$('#5501').jpage({{showMode:'full', perPage:{self.per_page}, totalRecord:{len(self.notices)}, "
                  "proxyUrl:'/module/jpage/dataproxy.jsp', ajaxParam:{col:1,appid:1,webid:3,path:'/',columnid:4402,"
                  "sourceContentType:1,unitid:'5501',webname:'望汐县政府',permissiontype:0}});")
        first = self.store(pages[0], 1, len(pages))
        self.put(self.entry, self.html('预决算公开', f'<div id="5501"><script type="text/xml">{first}</script></div>'
                                       f'<script>{widget}</script>'))
        for k, notices in enumerate(pages):
            self.put(f'/_post/{k * self.per_page + 1}.xml',
                     '<?xml version="1.0" encoding="UTF-8"?>' + self.store(notices, k + 1, len(pages)))


class Jpaas(Site):
    """Hanweb jpaas: further pages are markup in JSON, from a unit that is asked with the parameters of the page."""
    name, entry = 'jpaas', '/col/col4403/index.html'
    unit = '/api-gateway/jpaas-publish-server/front/page/build/unit'
    locations = '''location = /api-gateway/jpaas-publish-server/front/page/build/unit { default_type application/json;
            if ($arg_paramJson ~ "pageNo%22%3A(?<page>[0-9]+)") { rewrite ^ /_jpaas/$page.json last; }
            return 404; }
'''

    def article_path(self, n):
        return f'/col/col4403/art/{n.date[:4]}/art_{n.number:032x}.html'

    def fragment(self, notices, page):
        query = "{'parseType':'bulidstatic','webId':'31','tplSetId':'0ZBv','pageType':'column','pageId':'4403'}"
        return (f'<ul>{self.items(notices)}</ul><div class="pagination" querydata="{query}" rows="{self.per_page}" unitid="u" '
                f'count="{len(self.notices)}" pageno="{page}" uniturl="{self.unit}"></div>')

    def put_lists(self):
        for k, notices in enumerate(self.lists()):
            html = self.fragment(notices, k + 1)
            if k == 0:
                self.put(self.entry, self.html('预决算公开', f'<div class="page-content">{html}</div>'))
            self.put(f'/_jpaas/{k + 1}.json', json.dumps({'success': True, 'data': {'html': html}}))


class Gkmlpt(Site):
    """gkmlpt: the page is a program, the column stands in the fragment, the lists are JSON with 100 entries a page."""
    name, entry, per_page = 'gkmlpt', '/wxczj/gkmlpt/index#1610', 100
    locations = '''location = /wxczj/gkmlpt/index { default_type text/html; }
            location ~ ^/wxczj/gkmlpt/api/all/([0-9]+)$ { default_type application/json; try_files /_gkmlpt/$arg_page.json =404; }
'''

    def article_path(self, n):
        return f'/wxczj/gkmlpt/content/1/{n.number}/post_{n.number}.html'

    def put_lists(self):
        tree = json.dumps([{'id': 1500, 'parent_id': 0, 'name': '机构职能'}, {'id': 1610, 'parent_id': 0, 'name': '部门预算'}])
        self.put('/wxczj/gkmlpt/index', '<html><head><meta charset="utf-8"></head><body><div id="app"></div><script>'
                 f"window._CONFIG = {{ROOT: '/wxczj/gkmlpt', SID: '769033', TREE: {tree}}};</script></body></html>")
        for k, notices in enumerate(self.lists()):
            articles = [{'id': n.number, 'title': n.title, 'publisher': '望汐县', 'display_publish_time': n.date + ' 00:00:00',
                         'url': self.base + self.article_path(n)} for n in notices]
            self.put(f'/_gkmlpt/{k + 1}.json', json.dumps({'total': len(self.notices), 'articles': articles}))


class Ucap(Site):
    """UCAP: list.shtml, list_2.shtml; the script call names an element first."""
    name, entry = 'ucap', '/wx/c102511/list.shtml'

    def article_path(self, n):
        return f'/wx/c102511/{n.date[:7].replace("-", "")}/{n.number:010x}.shtml'

    def body_of(self, n):
        return 'id="UCAP-CONTENT"'

    def put_lists(self):
        pages = self.lists()
        for k, notices in enumerate(pages):
            script = f"<script>createPageHTML('page_div',{len(pages)}, {k + 1},'list','shtml',{len(self.notices)});</script>"
            self.put(f'/wx/c102511/list{f"_{k + 1}" if k else ""}.shtml',
                     self.html('预决算公开', f'<ul>\n{self.items(notices)}</ul><div id="page_div"></div>{script}'))


class Anhui(Site):
    """The openness platform of Anhui: pages by the parameter pageIndex."""
    name, entry = 'anhui', '/public/column/6596?type=4&action=list&catId=670'
    locations = '''location = /public/column/6596 { default_type text/html; try_files /_anhui/$arg_pageIndex.html /_anhui/1.html; }
'''

    def article_path(self, n):
        return f'/public/6596/{n.number}.html'

    def put_lists(self):
        pages = self.lists()
        for k, notices in enumerate(pages):
            items = ''.join(f'<ul><li class="mc"><a class="title" href="{self.article_path(n)}" title="{n.title}">{n.title}</a>'
                            f'</li><li class="rq">{n.date}</li></ul>\n' for n in notices)
            script = f'Ls.pagination("#page", function(i){{}}, {{currPage: {k + 1}, pageCount:{len(pages)}, link:"x"}});'
            self.put(f'/_anhui/{k + 1}.html', self.html('预算公开', f'<div class="xxgk_navli">{items}</div>'
                                                        f'<script>{script}</script>'))


DIALECTS = [Trs, TrsCounted, Numbered, NextLink, Vsb, Yearly, Jpage, JpagePost, Jpaas, Gkmlpt, Ucap, Anhui]
