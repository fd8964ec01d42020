import { describe, expect, test } from 'vitest'
import { parseHtml } from './html.js'

/** Cases of the platform's own test of its parser. */
describe('a text of parse mode HTML', () => {
  test.each([
    ['🏟 🏟&lt;<abacaba', 'Unclosed start tag at byte offset 13'],
    ['🏟 🏟&lt;<abac aba>', 'Unsupported start tag "abac" at byte offset 13'],
    ['🏟 🏟&lt;<i   =aba>', 'Empty attribute name in the tag "i" at byte offset 13'],
    ['🏟 🏟&lt;<i    aba>', `Can't find end tag corresponding to start tag "i"`],
    ['🏟 🏟&lt;<i    aba  =  ', 'Unclosed start tag "i" at byte offset 13'],
    ['🏟 🏟&lt;<i    aba  =  190azAz-.,', 'Unexpected end of name token at byte offset 27'],
    ['🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', 'Unclosed start tag at byte offset 13'],
    ['🏟 🏟&lt;</', 'Unexpected end tag at byte offset 13'],
    ['🏟 🏟&lt;<b></b></', 'Unexpected end tag at byte offset 20'],
    ['🏟 🏟&lt;<i>a</i   ', 'Unclosed end tag at byte offset 17'],
    ['🏟 🏟&lt;<i>a</em   >', 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'],
    ['a < b', 'Unsupported start tag "" at byte offset 2'],
    ['<br>', 'Unsupported start tag "br" at byte offset 0'],
    ['<a href', 'Unclosed start tag "a" at byte offset 0'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<tg-emoji emoji-id="x">y</tg-emoji>', 'Invalid custom emoji identifier specified'],
    ['&#xDFDF;', expect.stringContaining('invalid Unicode characters')],
  ])('%s is refused', (html, why) => {
    expect(() => parseHtml(html)).toThrow(
      expect.objectContaining({
        code: 400,
        description: expect.stringMatching(/^Bad Request: can't parse entities: /),
      }),
    )
    expect(() => parseHtml(html)).toThrow(
      expect.objectContaining({
        message: typeof why === 'string' ? `Bad Request: can't parse entities: ${why}` : why,
      }),
    )
  })

  test.each([
    ['', '', []],
    ['&ge;&lt;&gt;&amp;&quot;&laquo;&#12345678;', '&ge;<>&"&laquo;&#12345678;', []],
    ['➡️ ➡️<em>➡️ ➡️</em>', '➡️ ➡️➡️ ➡️', [['italic', 5, 5]]],
    ['🏟 🏟<i>🏟 &lt🏟</i>', '🏟 🏟🏟 <🏟', [['italic', 5, 6]]],
    ['<i>a</    >', 'a', [['italic', 0, 1]]],
    ['x<b></b>', 'x', []],
    ['<span class = "tg-spoiler">ab</span>', 'ab', [['spoiler', 0, 2]]],
    ['<tg-spoiler>ab</tg-spoiler>', 'ab', [['spoiler', 0, 2]]],
    ['<i><b> </b> <code> </code></i>', '   ', [...[['italic', 0, 3]], ['bold', 0, 1], ['code', 2, 1]]],
    ['<blockquote   expandable>a&lt;</>', 'a<', [['expandable_blockquote', 0, 2]]],
    ['<blockquote cite="">a</blockquote>', 'a', [['blockquote', 0, 1]]],
    ['&#23383;&#x5b57;', '字字', []],
  ])('%s is read', (html, text, entities) => {
    const parsed = parseHtml(html)
    expect(parsed.text).toBe(text)
    expect(parsed.entities.map(({ type, offset, length }) => [type, offset, length])).toEqual(entities)
  })

  test('links, people and code', () => {
    expect(parseHtml("<a   href=  'telegram.org?&lt;'   > </a>").entities).toMatchObject([
      { type: 'text_link', url: expect.stringMatching(/^http:\/\/telegram\.org\/\?/) },
    ])
    expect(parseHtml('<a>telegram.org</a>').entities).toMatchObject([{ url: 'http://telegram.org/' }])
    expect(parseHtml('<a href="tg://user?id=42">x</a>').entities).toMatchObject([
      { type: 'text_mention', user: { id: 42 } },
    ])
    const fift = [{ type: 'pre', offset: 0, length: 1, language: 'fift' }]
    expect(parseHtml('<pre><code class="language-fift">a</code></pre>').entities).toEqual(fift)
    expect(parseHtml('<code class="language-fift"><pre>a</pre></code>').entities).toEqual(fift)
    expect(parseHtml('<code class="language-fift">a</code>').entities).toEqual([{ type: 'code', offset: 0, length: 1 }])
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
