/** What is written and not sent yet, in tabs that share one storage. */
import { beforeEach, expect, test, vi } from 'vitest'
import { openBrowserAt } from '../../tests/browser'

const ME = { id: 1, username: 'me' }

/** A tab of the same browser: modules of its own, the same storage. */
async function openTab() {
  vi.resetModules()
  const { useAccount } = await import('../accounts/store')
  useAccount.setState({ user: ME as never })
  const drafts = await import('./drafts')
  drafts.loadDrafts()
  return drafts
}

beforeEach(() => openBrowserAt(1))

test('two tabs that write in different rooms both keep their drafts', async () => {
  const one = await openTab()
  const two = await openTab()
  one.setDraft(7, 'in one tab')
  one.saveDrafts()
  two.setDraft(8, 'in the other')
  two.saveDrafts()
  const later = await openTab()
  expect([later.draftIn(7), later.draftIn(8)]).toEqual(['in one tab', 'in the other'])
})

test('a draft that was sent in one tab does not come back from another', async () => {
  const one = await openTab()
  one.setDraft(7, 'first')
  one.saveDrafts()
  const two = await openTab()
  one.setDraft(7, '')
  one.saveDrafts()
  two.setDraft(8, 'other')
  two.saveDrafts()
  expect((await openTab()).draftIn(7)).toBe('')
})

test('drafts of the time when all of them were one entry are taken over', async () => {
  localStorage.setItem('lanchat.drafts.:1', JSON.stringify({ 7: 'old' }))
  expect((await openTab()).draftIn(7)).toBe('old')
  expect(localStorage.getItem('lanchat.drafts.:1')).toBeNull()
})

test('what was just typed is there although it is not saved yet, and is saved when the page goes', async () => {
  const tab = await openTab()
  tab.setDraft(7, 'typing')
  expect(tab.draftIn(7)).toBe('typing')
  dispatchEvent(new Event('pagehide'))
  expect((await openTab()).draftIn(7)).toBe('typing')
})
