import { type ReactNode, useEffect } from 'react'
import { Link } from 'wouter'
import { useT } from '../lib/i18n'
import { whenWaking } from '../lib/wakeUp'
import { Button } from '../ui/Button'
import { Page } from './Page'
import { type Ability, ENABLE, type State, survey, UNUSED, USED, type Used, useSurvey } from './survey'

const TONES: Record<State, string> = {
  works: 'bg-tint text-accent',
  replaced: 'bg-tint text-accent',
  ask: 'bg-hover text-ink',
  denied: 'bg-danger-tint text-danger',
  insecure: 'bg-hover text-ink underline underline-offset-4',
  unsupported: 'bg-hover text-soft',
}

/** What this browser lets LanChat do at this address, why not, and what to do about it. */
export default function CapabilitiesPage() {
  const t = useT()
  const found = useSurvey((state) => state.found)
  useEffect(() => {
    void survey()
    return whenWaking(() => void survey())
  }, [])
  const isHeldBack = found !== null && Object.values(found).includes('insecure')
  return (
    <Page title={t('able.title')}>
      <p className="break-all text-soft">{t('able.address', { origin: location.origin })}</p>
      {isHeldBack && (
        <>
          <p className="mt-1 mb-4 text-soft">{t('able.heldBack')}</p>
          <Link
            href="/secure"
            className="inline-flex h-10 items-center rounded-lg bg-accent px-4 font-medium text-on-accent hover:bg-accent-deep coarse:h-11"
          >
            {t('able.secure')}
          </Link>
        </>
      )}
      {found !== null && (
        <>
          <h2 className="mt-8 mb-2 font-semibold">{t('able.used')}</h2>
          <List>
            {USED.map((name) => (
              <Row key={name} name={name} state={found[name]} use={name} />
            ))}
          </List>
          <h2 className="mt-8 mb-2 font-semibold">{t('able.unused')}</h2>
          <List>
            {UNUSED.map((name) => (
              <Row key={name} name={name} state={found[name]} />
            ))}
          </List>
        </>
      )}
    </Page>
  )
}

function List({ children }: { children: ReactNode }) {
  return <ul className="divide-y divide-line rounded-xl border border-line bg-ground px-4">{children}</ul>
}

/** What only secure mode changes leads there. */
function Badge({ state }: { state: State }) {
  const t = useT()
  const look = `rounded-full px-2.5 py-0.5 text-sm ${TONES[state]}`
  const text = t(`able.state_${state}`)
  if (state !== 'insecure') return <span className={look}>{text}</span>
  return (
    <Link href="/secure" className={look}>
      {text}
    </Link>
  )
}

const hasNext = (state: State): state is 'ask' | 'denied' | 'unsupported' =>
  state === 'ask' || state === 'denied' || state === 'unsupported'

function Row({ name, state, use }: { name: Ability; state: State; use?: Used }) {
  const t = useT()
  const enable = state === 'ask' ? ENABLE[name] : undefined
  return (
    <li data-testid="ability" data-name={name} data-state={state} className="py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-medium">{t(`able.${name}`)}</h3>
        <Badge state={state} />
      </div>
      {use !== undefined && <p className="mt-0.5 text-sm text-soft">{t(`able.${use}Use`)}</p>}
      {hasNext(state) && enable === undefined && <p className="mt-1 text-sm">{t(`able.next_${state}`)}</p>}
      {enable !== undefined && (
        <Button look="outline" className="mt-2" onClick={() => void enable().then(survey)}>
          {t('able.enable')}
        </Button>
      )}
    </li>
  )
}
