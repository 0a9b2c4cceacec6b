/** Form is added and no character taken: by the texts that people typed and did not get back. */
import { expect, test } from 'vitest'
import { setHighlight, toHtml } from './render'

const WORDS = { code: 'Code', copy: 'Copy', table: 'Table', done: 'Done', toDo: 'To do' }

/** Null: shown as it was typed. */
const html = (text: string) => toHtml(text, WORDS)

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** What a reader sees. */
function shown(text: string): string {
  const made = html(text)
  if (made === null) return text
  const plain = made
    .replace(/<button.*?<\/button>/g, '')
    .replace(/<br>/g, '\n')
    .replace(/<[^>]+>/g, '')
  return plain.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity).trim()
}

test.each([
  '\\\\server\\share\\_docs\\file.txt',
  'C:\\Users\\_temp\\!new\\(1).txt',
  '¯\\_(ツ)_/¯ ok.',
  '\\\\nas01\\教材\\第1课',
  '2*3*4=24',
  '2**10**2 and x = a*b*c',
  'edit __init__.py now',
  '__name__ == "__main__"',
  'snake_case_name and _private',
  'AT&T &copy; 2024',
  'type &lt;b&gt; here',
  'an <b>element</b> and a < b > c',
  '[note]: http://example.com',
  '[](http://a.example)',
  '[\u200b](http://a.example)',
  '#',
  '>',
  '```',
  '```python',
  '``` this was meant as a sentence\nand this, too',
  `${'>'.repeat(120)} hidden words`,
  `${'- '.repeat(60)}deep`,
  '===',
  'Title\n===',
  '1.\n2.',
  '01. Mai',
  'two  blanks   and\n    an indented line',
  '*.txt *.md',
  'ls *.c && rm *.o',
  '~5 and ~6',
  '\\',
  'a\\\nb',
])('%j shows every character that was typed', (text) => {
  expect(shown(text)).toBe(text)
})

test.each([
  ['**你好。**世界', '<strong>你好。</strong>世界'],
  ['中文**“强调”**文字', '中文<strong>“强调”</strong>文字'],
  ['这是*重点*。', '这是<em>重点</em>。'],
  ['他说：**“好！”**然后走了', '他说：<strong>“好！”</strong>然后走了'],
  ['**注意**：明天', '<strong>注意</strong>：明天'],
  ['한국어**강조**입니다', '한국어<strong>강조</strong>입니다'],
  [
    '**bold** and *light*, __both of us__ _ways_',
    '<strong>bold</strong> and <em>light</em>, <strong>both of us</strong> <em>ways</em>',
  ],
  ['~~gone~~', '<s>gone</s>'],
])('%s has its emphasis', (text, wanted) => {
  expect(html(text)).toBe(`<p>${wanted}</p>\n`)
})

test.each([
  ['www.example.com', 'http://www.example.com', 'www.example.com'],
  ['see www.example.com/a?b=c.', 'http://www.example.com/a?b=c', 'www.example.com/a?b=c'],
  ['看 www.example.com。谢谢', 'http://www.example.com', 'www.example.com'],
  ['http://192.168.1.5:8080/x', 'http://192.168.1.5:8080/x', 'http://192.168.1.5:8080/x'],
])('%s holds a link', (text, href, label) => {
  expect(html(text)).toContain(`<a href="${href}" target="_blank" rel="noopener noreferrer">${label}</a>`)
})

test('a file name is no link, and neither is a script', () => {
  expect(html('README.md, main.rs, *setup*.py')).not.toContain('<a ')
  expect(html('[x](javascript:alert(1)) *y*')).not.toContain('<a ')
})

test('numbers of a list stay as they were typed, with room for the widest', () => {
  const made = html('3. three\n3. again\n\ntext\n\n100) hundred\n101) more')
  expect(made).toContain('<li value="3">three</li>\n<li value="3">again</li>')
  expect(made).toContain('style="--digits: 3" class="bracketed"')
})

test('a block of code can be reached by keyboard, and copied', () => {
  const made = html('```\nlong\n```')
  expect(made).toContain('<pre tabindex="0" role="region" aria-label="Code"><code>long\n</code></pre>')
  expect(made).toContain('<button type="button">Copy</button>')
})

const table = (columns: number, rows: number, row = '|1'.repeat(columns)): string =>
  ['|a'.repeat(columns), '|-'.repeat(columns), ...Array<string>(rows).fill(row)].join('\n')

test('a table can be reached by keyboard, with its columns as they are aligned', () => {
  const made = html('| name | sum |\n|:-|-:|\n| tea | **3** |\n| milk |')
  expect(made).toContain('<div class="table-frame" tabindex="0" role="region" aria-label="Table"><table>')
  expect(made).toContain('<td style="text-align:right"><strong>3</strong></td>')
  expect(made?.match(/<td/g)).toHaveLength(4)
})

test.each([
  ['as many columns as may be', table(30, 1), 1],
  ['as many rows', table(2, 100), 1],
  ['a column more', table(31, 1), 0],
  ['a row more', table(2, 101), 0],
  ['rows that would be filled up', table(900, 900, 'x'), 0],
  ['cells that no column is for', '|a|b|\n|-|-|\n|1|2|3|', 0],
  ['tables until there are too many cells', Array(9).fill(table(20, 18)).join('\n\n'), 5],
  ['a table in a quote', `> ${table(3, 2).replaceAll('\n', '\n> ')}`, 1],
])('of %s there are as many tables as somebody looks at', (_, text, count) => {
  const made = html(text) ?? ''
  expect(made.match(/<table>/g) ?? []).toHaveLength(count)
  expect((made.match(/<t[dh]/g) ?? []).length).toBeLessThanOrEqual(2_000)
  if (count === 0) expect(shown(text)).toBe(text)
})

test('what is to do has a box, which says whether it is done', () => {
  const made = html(
    '- [ ] buy *milk*\n- [x] **dry**\n- [x] wash up\n  1. [X] plates\n- [ ]\n- [x](http://h/a)',
  )
  const box = (name: string, done = '') =>
    `<li class="task"><span class="task-box${done}" role="img" aria-label="${name}"></span>`
  expect(made).toContain(`${box('To do')}buy <em>milk</em></li>`)
  expect(made).toContain(`${box('Done', ' task-done')}wash up`)
  expect(made?.match(/task-box/g)).toHaveLength(4)
  expect(made).toContain(`${box('Done', ' task-done')}<strong>dry</strong></li>`)
  expect(made).toContain('<li>[ ]</li>')
  expect(html('[ ] not in a list *x*')).toContain('[ ] not in a list')
})

test('long code is not coloured', () => {
  setHighlight((code) => `<i>${code}</i>`)
  expect(html('```js\nx\n```')).toContain('<i>')
  expect(html(`\`\`\`js\n${'$'.repeat(3_000)}\n\`\`\``)).not.toContain('<i>')
  setHighlight(() => '')
})

test('whom a message calls is drawn in its form, and not in code, links or within words', () => {
  const called = [
    { name: 'an', isMe: false, id: 7 },
    { name: 'anna', isMe: true },
  ]
  const html = toHtml('**@Anna** 你好@an, `@anna` x@anna <b> http://h/@anna', WORDS, called) ?? ''
  expect(html).toContain('<strong><span class="mention mention-me">@Anna</span></strong>')
  expect(html).toContain('你好<span class="mention" data-person="7" role="button" tabindex="-1">@an</span>,')
  expect(html.match(/class="mention/g)).toHaveLength(2)
  expect(html).toContain('&lt;b&gt;')
})

test.each([
  ['http://xn--80ak6aa92e.com/a', 'http://xn--80ak6aa92e.com/a'], // in Cyrillic letters that spell a Latin name
  ['http://\u0430pple.com', 'http://xn--pple-43d.com'],
  ['www.\u0440\u0443.com', 'www.xn--p1ag.com'],
  ['http://президент.рф', 'http://президент.рф'],
  ['http://例子.中国/路', 'http://例子.中国/路'],
  ['https://bücher.example', 'https://bücher.example'],
])('%s is shown as %s', (typed, shown) => {
  expect(html(typed)).toContain(`>${shown}</a>`)
})
