/** Rules of the house that no compiler checks. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('../src', import.meta.url))
const SLICES = [
  'about',
  'host',
  'accounts',
  'admin',
  'doctor',
  'nearby',
  'secure',
  'rooms',
  'profiles',
  'invites',
  'presence',
  'files',
  'messages',
  'moderation',
  'search',
  'exports',
  'notifications',
  'shell',
  'desktop',
]
const WIRE = ['lib/api', 'lib/socket', 'lib/outbox']

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test)\.tsx?$/.test(name) && name !== 'contract.ts')
  .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }))

/** Paths inside src that a file imports at run time, types left out. */
function importsOf({ name, text }: { name: string; text: string }): string[] {
  const found = [
    ...text.matchAll(/^import (?!type )([^'"]*?from )?['"](\..*?)['"]|import\(['"](\..*?)['"]\)/gms),
  ]
  return found.map((match) => relative(SRC, resolve(SRC, dirname(name), match[2] ?? match[3] ?? '')))
}

const isComponent = (name: string): boolean => name.endsWith('.tsx')

const namesOf = (offenders: { name: string }[]): string[] => offenders.map(({ name }) => name)

test('components leave the wire to the stores', () => {
  const offenders = files.filter((file) => {
    // Whether the connection is up is state like any other.
    const text = file.text.replace(/import \{ useConnection \} from '(\.\.\/)+lib\/socket'/, '')
    const touches = importsOf({ ...file, text }).some((path) => WIRE.includes(path))
    return isComponent(file.name) && (touches || /\bfetch\(|\bio\(/.test(text))
  })
  expect(namesOf(offenders)).toEqual([])
})

test('stores and lib import no component', () => {
  const components = namesOf(files).filter(isComponent)
  const offenders = files.filter(
    (file) =>
      !isComponent(file.name) &&
      // Toasts are told from code, and their functions live beside their component.
      importsOf(file).some((path) => components.includes(`${path}.tsx`) && path !== 'ui/Toast'),
  )
  expect(namesOf(offenders)).toEqual([])
})

test('a slice imports only slices below it, and lib and ui import none', () => {
  const level = (path: string) => SLICES.indexOf(path.split('/')[0] ?? '')
  const offenders = files.filter(
    (file) => file.name.includes('/') && importsOf(file).some((path) => level(path) > level(file.name)),
  )
  expect(namesOf(offenders)).toEqual([])
})

test('messages are heard in one place, and every other listens to what that announces', () => {
  const hearers = files.filter(({ text }) => /\bon\(\s*'(new_message|message_updated)'/.test(text))
  expect(namesOf(hearers)).toEqual(['messages/state/feed.ts'])
})

test('every store says whether it outlives a session', () => {
  const makers = files.filter(({ text }) => text.includes("from 'zustand'"))
  expect(namesOf(makers)).toEqual(['lib/stores.ts'])
})

test('no file imports itself by way of others', () => {
  const known = new Map(files.map((file) => [file.name.replace(/\.tsx?$/, ''), importsOf(file)]))
  const below = (path: string, seen = new Set<string>()): Set<string> => {
    for (const inner of known.get(path) ?? []) if (!seen.has(inner)) below(inner, seen.add(inner))
    return seen
  }
  expect([...known.keys()].filter((path) => below(path).has(path))).toEqual([])
})

test('no two files differ only in the case of their names, which Windows and macOS take for one', () => {
  const stems = namesOf(files).map((name) => name.replace(/\.tsx?$/, '').toLowerCase())
  expect(stems.filter((stem, index) => stems.indexOf(stem) !== index)).toEqual([])
})

test('every folder is a slice, or lies below them all', () => {
  const folders = new Set(namesOf(files).flatMap((name) => name.split('/').slice(0, -1).slice(0, 1)))
  expect([...folders].sort()).toEqual([...SLICES, 'lib', 'ui'].sort())
})

test('files stay short', () => {
  expect(namesOf(files.filter(({ text }) => text.split('\n').length > 250))).toEqual([])
})

test('HTML is made in one place', () => {
  const makers = files.filter(({ text }) => /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML/.test(text))
  expect(namesOf(makers)).toEqual(['messages/content/MarkdownBody.tsx'])
})

function keys(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [prefix + key.replace(/_(one|other)$/, '')] : keys(inner, `${prefix}${key}.`),
  )
}

/** The sentences of one language, of the first view and of every part that brings its own. */
const sentencesIn = (language: string): string[] =>
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(`/${language}.json`))
    .flatMap((name) => keys(JSON.parse(readFileSync(join(SRC, name), 'utf8'))))

test('both languages have the same sentences', () => {
  expect(new Set(sentencesIn('zh-CN'))).toEqual(new Set(sentencesIn('en')))
})

test('every sentence is used somewhere', () => {
  const all = files.map(({ text }) => text).join('\n')
  const unused = [...new Set(sentencesIn('en'))].filter((key) => {
    const start = key.replace(/(_[a-z]+|\.[a-zA-Z]+)$/, '')
    return !all.includes(`'${key}'`) && !all.includes(`\`${start}.\${`) && !all.includes(`\`${start}_\${`)
  })
  expect(unused).toEqual([])
})

test('what somebody may do in a room is asked of `can`, and never worked out from a role', () => {
  const offenders = files.filter(({ text }) => /[!=]==? '(owner|moderator)'/.test(text))
  expect(namesOf(offenders)).toEqual([])
})
