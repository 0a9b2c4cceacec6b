import { Stethoscope } from 'lucide-react'
import { useState } from 'react'
import { Findings } from '../doctor/Findings'
import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Spinner } from '../ui/Spinner'
import { type Finding, whyNot } from './store'

/** Beside a host that doesn't answer: what is in the way, as far as it shows from here. */
export function WhyNot({ address }: { address: string }) {
  const t = useT()
  const { run, isBusy, problem } = useAction()
  const [findings, setFindings] = useState<Finding[] | null>(null)

  function look() {
    setFindings(null)
    void run(async () => setFindings(await whyNot(address)))
  }

  return (
    <div className="grid gap-3" aria-live="polite" aria-busy={isBusy}>
      {problem !== null && <Alert>{problem}</Alert>}
      {findings !== null && <Findings findings={findings} />}
      <Button look="outline" disabled={isBusy} onClick={look}>
        {isBusy ? <Spinner /> : <Stethoscope size={16} aria-hidden />}
        {t(isBusy ? 'doctor.looking' : findings === null ? 'start.whyNot' : 'doctor.again')}
      </Button>
    </div>
  )
}
