import { describe, expect, test } from 'vitest'
import { parseHtml } from './html.js'

/** Every text begins with eleven bytes in seven characters, of which people see four. */
const LEAD = '增长 &lt;'

describe('a text of parse mode HTML', () => {
  test.each([
    ['<table', 'Unclosed start tag at byte offset 11'],
    ['<table border>', 'Unsupported start tag "table" at byte offset 11'],
    ['<br>', 'Unsupported start tag "br" at byte offset 11'],
    ['3 < 5', 'Unsupported start tag "" at byte offset 13'],
    ['<b ="1">', 'Empty attribute name in the tag "b" at byte offset 11'],
    ['<b lang>', `Can't find end tag corresponding to start tag "b"`],
    ['<u><b>字</b>', `Can't find end tag corresponding to start tag "u"`],
    ['<b lang = ', 'Unclosed start tag "b" at byte offset 11'],
    ['<a href', 'Unclosed start tag "a" at byte offset 11'],
    ['<b lang=zh_CN>', 'Unexpected end of name token at byte offset 19'],
    ['<a href="gov.cn>字</a>', 'Unclosed start tag at byte offset 11'],
    ['</b>', 'Unexpected end tag at byte offset 11'],
    ['<b>字</b></b>', 'Unexpected end tag at byte offset 21'],
    ['<b>字</b', 'Unclosed end tag at byte offset 17'],
    ['<b>字</strong>', 'Unmatched end tag at byte offset 17, expected "</b>", found "</strong>"'],
    ['<span>字</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 11'],
    ['<tg-emoji emoji-id="no">字</tg-emoji>', 'Invalid custom emoji identifier specified'],
    [
      '&#xD83C;',
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    ],
  ])('%s is refused', (html, why) => {
    const description = `Bad Request: can't parse entities: ${why}`
    expect(() => parseHtml(LEAD + html)).toThrow(expect.objectContaining({ code: 400, description }))
  })

  test.each([
    ['', '', []],
    ['&lt;&gt;&amp;&quot;', '<>&"', []],
    ['&nbsp;&hellip;&#99999999;', '&nbsp;&hellip;&#99999999;', []],
    ['&#23383;&#x5b57;', '字字', []],
    ['🎉<em>🎉字</em>', '🎉🎉字', [['italic', 6, 3]]],
    ['<B>字</B>', '字', [['bold', 4, 1]]],
    ['<i>&lt字</i>', '<字', [['italic', 4, 2]]],
    ['<i>字</ >', '字', [['italic', 4, 1]]],
    ['<b></b>', '', []],
    ['<del>一</del><strike>二</strike>', '一二', [...[['strikethrough', 4, 1]], ['strikethrough', 5, 1]]],
    ['<span class = "tg-spoiler">字</span>', '字', [['spoiler', 4, 1]]],
    ['<tg-spoiler>字</tg-spoiler>', '字', [['spoiler', 4, 1]]],
    ['<i>一<b>二</b></i>', '一二', [...[['italic', 4, 2]], ['bold', 5, 1]]],
    ['<blockquote expandable>字</blockquote>', '字', [['expandable_blockquote', 4, 1]]],
    ['<blockquote>字</blockquote>', '字', [['blockquote', 4, 1]]],
  ])('%s is read', (html, text, entities) => {
    const parsed = parseHtml(LEAD + html)
    expect(parsed.text).toBe(`增长 <${text}`)
    expect(parsed.entities.map(({ type, offset, length }) => [type, offset, length])).toEqual(entities)
  })

  test('links, people and code', () => {
    const entityIn = (html: string) => parseHtml(html).entities
    expect(entityIn("<a href= 'gov.cn/?a=1&amp;b=2' >字</a>")).toMatchObject([
      { type: 'text_link', url: 'http://gov.cn/?a=1&b=2' },
    ])
    expect(entityIn('<a>gov.cn</a>')).toMatchObject([{ url: 'http://gov.cn/' }])
    expect(entityIn('<a href="tg://user?id=42">字</a>')).toMatchObject([{ type: 'text_mention', user: { id: 42 } }])
    const sql = [{ type: 'pre', offset: 0, length: 1, language: 'sql' }]
    expect(entityIn('<pre><code class="language-sql">字</code></pre>')).toEqual(sql)
    expect(entityIn('<code class="language-sql"><pre>字</pre></code>')).toEqual(sql)
    expect(entityIn('<code class="language-sql">字</code>')).toEqual([{ type: 'code', offset: 0, length: 1 }])
  })

  test('what is let through and not seen as meant is noted', () => {
    expect(parseHtml('a &amp; b &lt; c').notes).toEqual([])
    expect(parseHtml('a & b > c &nbsp;').notes).toHaveLength(3)
    expect(parseHtml('<a href="http://localhost/x">a</a>').notes).toEqual([
      'the link to "http://localhost/x" is dropped: it is no address',
    ])
    expect(parseHtml('<code>a<b>b</b></code>').notes).toEqual(['<b> inside <code> is dropped'])
    expect(parseHtml('<blockquote>a<blockquote>b</blockquote></blockquote>').notes).toHaveLength(1)
  })
})
