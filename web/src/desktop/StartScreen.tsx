import { useEffect, useState } from 'react'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Spinner } from '../ui/Spinner'
import { AboutLine } from './AboutLine'
import { AddressForm } from './AddressForm'
import { Failed } from './Failed'
import { HostList } from './HostList'
import { NotOpened } from './NotOpened'
import { hostHere, join, useDesk, watchDesk } from './store'
import { WhyNot } from './WhyNot'

const TOLD = ['choosing', 'failed', 'suspect']

/** "Host here", a host nearby, or one whose address somebody told. */
export function StartScreen() {
  const desk = useDesk((state) => state.desk)
  useEffect(watchDesk, [])
  return (
    <div className="grid h-dvh grid-rows-[1fr_auto] justify-items-center overflow-y-auto bg-paper px-5">
      <main className="my-auto w-full max-w-104 py-8">
        {desk?.phase !== 'suspect' && <Welcome />}
        {desk === null && <Waiting />}
        {desk?.phase === 'choosing' && <Choices link={desk.link} />}
        {desk?.suspect && <NotOpened suspect={desk.suspect} />}
        {desk?.phase === 'failed' && <Failed failure={desk.failure ?? ''} unreachable={desk.unreachable} />}
        {desk !== null && !TOLD.includes(desk.phase) && <Waiting />}
      </main>
      <AboutLine />
    </div>
  )
}

function Welcome() {
  const t = useT()
  return (
    <header className="mb-7 text-center">
      <img src="/icon.svg" alt="" width={56} height={56} className="mx-auto mb-4" />
      <h1 className="text-2xl font-semibold tracking-tight">LanChat</h1>
      <p className="mt-1 text-soft">{t('account.loginSubtitle')}</p>
    </header>
  )
}

function Waiting() {
  return (
    <p className="text-center">
      <Spinner size={28} />
    </p>
  )
}

function Choices({ link }: { link: string | null }) {
  const t = useT()
  const { run, isBusy, problem, code } = useAction()
  const [tried, setTried] = useState('')

  function open(addresses: string[]) {
    setTried(addresses[0] ?? '')
    void run(() => join(addresses))
  }

  return (
    <div className="grid gap-6">
      {problem !== null && (
        <div className="grid gap-3">
          <Alert>{problem}</Alert>
          {code === 'host_unreachable' && <WhyNot key={tried} address={tried} />}
        </div>
      )}
      <section className="grid gap-2">
        <Button disabled={isBusy} onClick={() => void run(hostHere)}>
          {t('start.host')}
        </Button>
        <p className="text-center text-sm text-soft">{t('start.hostHint')}</p>
      </section>
      <HostList isBusy={isBusy} onOpen={open} />
      <AddressForm proposed={link} isBusy={isBusy} onOpen={(address) => open([address])} />
    </div>
  )
}
