/**
 * Every part of the interface in every state, for whoever changes one: `/design` of `npm run dev`, never of a build.
 * `?theme=dark&lang=zh-CN&density=compact` choose how, `?show=dialog` (confirm, tabs, menu, toast, failed) what lies over it.
 */
import { Bell, Ellipsis, Pencil, Pin, Plus, Settings } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { setLanguage, useLanguage } from '../../lib/i18n'
import { setTheme } from '../../lib/theme'
import type { Address } from '../../lib/types'
import { Alert } from '../Alert'
import { Aside } from '../Aside'
import { Avatar } from '../Avatar'
import { Boundary } from '../Boundary'
import { Button, IconButton } from '../Button'
import { Checkbox } from '../Checkbox'
import { Choice } from '../Choice'
import { CopyButton } from '../CopyButton'
import { Deferred } from '../Deferred'
import { EmptyPlace } from '../EmptyPlace'
import { Field } from '../Field'
import { GuestMark } from '../GuestMark'
import { LanguageSwitch } from '../LanguageSwitch'
import { Lantern } from '../Lantern'
import { NothingKept } from '../NothingKept'
import { QrCode } from '../QrCode'
import { Section, SectionRow } from '../Section'
import { Select } from '../Select'
import { Spinner } from '../Spinner'
import { Toasts } from '../Toast'
import { Overlay } from './Overlay'

const asked = new URLSearchParams(location.search)

const WORDS = {
  en: {
    name: 'Your name',
    hint: 'Letters and digits',
    error: 'Somebody is called so.',
    text: 'Everybody reads this.',
  },
  'zh-CN': { name: '你的名字', hint: '字母和数字', error: '有人叫这个名字了。', text: '所有人都能看到。' },
}

const CODE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM4 4h2v2H4z"/></svg>'
const ADDRESS = { url: 'http://10.0.0.2:8000', qr: CODE } as Address

export default function DesignPage() {
  const words = WORDS[useLanguage()]
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    setTheme(asked.get('theme') === 'dark' ? 'dark' : 'light')
    document.documentElement.dataset.density = asked.get('density') ?? 'comfortable'
    void setLanguage(asked.get('lang') === 'zh-CN' ? 'zh-CN' : 'en').then(() => setReady(true))
  }, [])
  if (!isReady) return null
  return (
    <main data-testid="design" className="h-dvh overflow-y-auto bg-ground p-6">
      <div className="grid max-w-5xl grid-cols-2 gap-x-10 gap-y-6">
        <Buttons word={words.name} />
        <Fields {...words} />
        <Story title="Choices">
          <Checkbox label={words.name} hint={words.text} defaultChecked />
          <Checkbox label={words.name} />
          <Checkbox label={words.name} disabled />
          <Choice
            label={words.name}
            value="b"
            options={[
              { value: 'a', label: 'A' },
              { value: 'b', label: 'B' },
            ]}
            onChange={() => undefined}
          />
          <LanguageSwitch />
        </Story>
        <People />
        <Story title="Notes">
          <Alert>{words.error}</Alert>
          <NothingKept />
          <Spinner />
          <Spinner size={28} />
          <CopyButton text={ADDRESS.url} />
          <QrCode address={ADDRESS} className="mx-0! size-24 rounded-xl p-1" />
        </Story>
        <Story title="Settings">
          <Section title={words.name}>
            <SectionRow icon={<Bell size={20} />} label={words.text} onClick={() => undefined} />
            <SectionRow
              icon={<Settings size={20} />}
              label={words.text}
              hint={words.hint}
              onClick={() => undefined}
            />
          </Section>
        </Story>
        <Story title="Type and places">
          <Type text={words.text} />
          <EmptyPlace title={words.text} hint={words.hint}>
            <Button>{words.name}</Button>
          </EmptyPlace>
        </Story>
        <Story title="Colours">
          <Colours />
        </Story>
      </div>
      <Boundary fallback={null}>
        <Aside onFail={() => undefined}>
          <Overlay show={asked.get('show')} text={words.text} hint={words.hint} />
        </Aside>
      </Boundary>
      <Toasts />
    </main>
  )
}

function Story({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="space-y-3">
      <h2 className="border-b border-line pb-1 text-xs text-soft">{title}</h2>
      {children}
    </section>
  )
}

function Buttons({ word }: { word: string }) {
  return (
    <Story title="Buttons">
      {(['primary', 'outline', 'quiet', 'danger'] as const).map((look) => (
        <div key={look} className="flex gap-2">
          <Button look={look}>{word}</Button>
          <Button look={look} disabled>
            {word}
          </Button>
          <Button look={look}>
            <Plus size={16} aria-hidden />
            {word}
          </Button>
        </div>
      ))}
      <div className="flex gap-2">
        <IconButton label={word}>
          <Pencil size={20} />
        </IconButton>
        <IconButton label={word} aria-pressed>
          <Pin size={20} />
        </IconButton>
        <IconButton label={word} disabled>
          <Pencil size={20} />
        </IconButton>
        <Deferred label={word} icon={<Ellipsis size={20} />} content={(trigger) => trigger} />
      </div>
    </Story>
  )
}

function Fields({ name, hint, error }: (typeof WORDS)['en']) {
  return (
    <Story title="Fields">
      <Field label={name} placeholder={hint} />
      <Field label={name} hint={hint} defaultValue="Mira" />
      <Field label={name} error={error} defaultValue="Ben" />
      <Field label={name} defaultValue="Mira" disabled />
      <Select label={name} hint={hint} options={[{ value: 'a', label: 'A' }]} />
    </Story>
  )
}

function People() {
  return (
    <Story title="People">
      {[28, 36, 56].map((size) => (
        <div key={size} className="flex flex-wrap gap-2">
          {['Mira', '小林', '王小红', 'ben', '😀', 'Zoë'].map((name, id) => (
            <Avatar key={name} id={id} name={name} size={size} isOnline={id % 2 === 0} />
          ))}
        </div>
      ))}
      <p className="flex items-center gap-2">
        Ben <GuestMark />
      </p>
      <p className="flex items-center gap-2 text-accent">
        <Lantern />
        <Lantern size={48} />
      </p>
    </Story>
  )
}

const SIZES = ['text-xs', 'text-sm', 'text-base', 'text-lg', 'text-xl', 'text-2xl']

function Type({ text }: { text: string }) {
  return (
    <>
      {SIZES.map((size) => (
        <p key={size} className={size}>
          {text} <span className="font-voice">{text}</span>
        </p>
      ))}
    </>
  )
}

const GROUNDS = ['bg-paper', 'bg-ground', 'bg-raised', 'bg-tint', 'bg-hover', 'bg-chosen', 'bg-danger-tint']
const INKS = ['text-ink', 'text-soft', 'text-accent', 'text-mention', 'text-danger']

function Colours() {
  return GROUNDS.map((ground) => (
    <p key={ground} className={`${ground} flex gap-3 rounded-lg border border-line px-3 py-1`}>
      {INKS.map((ink) => (
        <span key={ink} className={ink}>
          {ink.slice(5)}
        </span>
      ))}
    </p>
  ))
}
