import { beforeAll, expect, test } from 'vitest'
import { openBrowserAt } from '../../tests/browser'

let plainText: (text: string) => string

beforeAll(async () => {
  openBrowserAt(1)
  const { startI18n } = await import('./i18n')
  await startI18n()
  plainText = (await import('./plainText')).plainText
})

test.each([
  ['live 3 \n```python\nprint(3)\n```\nok', 'live 3 code ok'],
  ['**bold** and *light* and ~~gone~~', 'bold and light and gone'],
  ['# Title\n\n> said\n- one\n- two', 'Title said one two'],
  ['run `make` in [the docs](http://x.y/z)', 'run make in the docs'],
  ['2*3*4=24 in __init__.py, ¯\\_(ツ)_/¯', '2*3*4=24 in __init__.py, ¯\\_(ツ)_/¯'],
  ['**你好。**世界', '你好。世界'],
  ['C:\\_temp\\_new', 'C:\\_temp\\_new'],
])('%j reads as %j', (text, wanted) => {
  expect(plainText(text)).toBe(wanted)
})
