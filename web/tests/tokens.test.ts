/** Whatever is drawn is drawn with `src/styles/tokens.css`: a value that stands elsewhere is a mistake. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const tokens = read('src/styles/tokens.css')

/** Each with a reason: the tab's icon is drawn on whatever colour a browser has there. */
const ALLOWED_COLOURS = ['src/shell/titleAndIcon.ts']
/** The projector's sizes follow the screen that it fills. */
const ALLOWED_SIZES = ['src/invites/Projector.tsx', 'src/invites/NewcomerCount.tsx']

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test)\.(tsx?|css)$/.test(name) && name !== 'contract.ts')
  .map((name) => ({ name: `src/${name}`, text: read(`src/${name}`) }))
const components = files.filter(({ name }) => name.endsWith('.tsx'))

/** `file: what` for every match. */
function found(where: typeof files, pattern: RegExp, allowed: string[] = []): string[] {
  return where
    .filter(({ name }) => !allowed.includes(name) && name !== 'src/styles/tokens.css')
    .flatMap(({ name, text }) => [...text.matchAll(pattern)].map(([match]) => `${name}: ${match.trim()}`))
}

test('colours stand in one place', () => {
  const COLOUR = /#[0-9a-f]{3}(?:[0-9a-f]{3})?\b(?!['"]?\s*\))|\b(?:rgb|hsl|oklch)\((?!var)[^)]*\)/gi
  const styled = files.filter(({ name }) => /\.(tsx|css)$/.test(name))
  expect(found(styled, COLOUR, ALLOWED_COLOURS)).toEqual([])
})

test('text has a size of the scale', () => {
  expect(
    found(components, /\btext-\[[^\]]*\]|\btext-[3-9]xl\b|\bleading-\[[^\]]*\]/g, ALLOWED_SIZES),
  ).toEqual([])
  expect(found(files, /font-size:(?! ?var)[^;]*;|fontSize: ['"\d][^,}]*/g)).toEqual([])
})

test('corners have a radius of the scale', () => {
  expect(
    found(
      components,
      /\brounded(-[a-z]{1,2})?-\[[^\]]*\]|\brounded(?=[\s"'`])|\brounded(-[a-z]{1,2})?-(sm|[34]xl)\b/g,
      ALLOWED_SIZES,
    ),
  ).toEqual([])
  expect(found(files, /border-radius:(?! ?var)[^;]*;/g)).toEqual([])
})

test('nothing has a width or place in pixels of its own', () => {
  expect(found(components, /[\w-]+-\[-?[\d.]+px\]/g)).toEqual([])
})

test('icons are 16 px in a line and 20 in a button; 14 are ticks and locks, 10 the lock on a tile, 48 an empty place', () => {
  const SIZES = ['10', '14', '16', '20', '48']
  const drawn = components.flatMap(({ name, text }) => {
    const icons = /import \{([^}]*)\} from 'lucide-react'/.exec(text)?.[1] ?? ''
    const names = [...icons.matchAll(/(\w+)(?=\s*(?:,|$))/g)].map(([icon]) => icon)
    return [...text.matchAll(/<(\w+)\b[^>]*?\bsize=\{(\d+)\}/g)]
      .filter(
        ([, tag = '', size = '']) => (names.includes(tag) || tag.endsWith('Icon')) && !SIZES.includes(size),
      )
      .map(([match]) => `${name}: ${match}`)
  })
  expect(drawn).toEqual([])
})

test('motion takes the times of the tokens', () => {
  expect(
    found(components, /\b(?:animate|duration|transition)-\[[^\]]*(?:ms|\ds)[^\]]*\]|\bduration-\d+/g),
  ).toEqual([])
})

test('what stands before the styles have come has their colours', () => {
  const page = read('index.html')
  for (const [, theme, colour] of page.matchAll(/(html|\[data-theme="dark"\]) \{ background: (#\w{6})/g)) {
    const part =
      theme === 'html' ? tokens.split('[data-theme="dark"]')[0] : tokens.split('[data-theme="dark"]')[1]
    expect(part).toContain(`--c-ground: ${colour};`)
  }
  const chosen = /theme-color" content="(#\w{6})"/.exec(page)?.[1]
  expect(tokens.split('[data-theme="dark"]')[0]).toContain(`--c-paper: ${chosen};`)
})

/** Relative luminance by WCAG 2. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

test.each(['light', 'dark'])('words and edges stand out from every ground, %s', (theme) => {
  const [light = '', dark = ''] = tokens.split('[data-theme="dark"] {')
  const colours = Object.fromEntries(
    [...(theme === 'light' ? light : (dark.split('}')[0] ?? '')).matchAll(/--c-([\w-]+): (#\w{6});/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )
  const of = (name: string): string => colours[name] ?? `--c-${name} is missing`
  const dim: string[] = []
  const need = (ink: string, ground: string, ratio: number) => {
    const has = contrast(of(ink), of(ground))
    if (!(has >= ratio)) dim.push(`${ink} on ${ground}: ${has.toFixed(2)}`)
  }
  for (const ground of ['paper', 'ground', 'raised', 'tint', 'hover'])
    for (const ink of ['ink', 'soft', 'accent', 'mention']) need(ink, ground, 4.5)
  for (const ground of ['paper', 'ground', 'raised']) need('danger', ground, 4.5)
  need('danger', 'danger-tint', 4.5)
  need('soft-on-chosen', 'chosen', 4.5)
  need('on-accent', 'accent', 4.5)
  need('on-mention', 'mention', 4.5)
  for (const ground of ['paper', 'ground', 'raised']) need('field-line', ground, 3)
  need('accent', 'chosen', 3)
  expect(dim).toEqual([])
})
