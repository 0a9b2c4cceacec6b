import { useT } from '../lib/i18n'
import { useAction } from '../lib/useAction'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { chooseAgain, retry } from './store'
import { WhyNot } from './WhyNot'

interface Props {
  failure: string
  /** The address of the host, where the failure is that it doesn't answer. */
  unreachable: string | null
}

export function Failed({ failure, unreachable }: Props) {
  const t = useT()
  const { run, isBusy, problem } = useAction()
  return (
    <div className="grid gap-4">
      <Alert>{failure}</Alert>
      {problem !== null && <Alert>{problem}</Alert>}
      {unreachable !== null && <WhyNot address={unreachable} />}
      <Button disabled={isBusy} onClick={() => void run(retry)}>
        {t('ui.retry')}
      </Button>
      <Button look="outline" disabled={isBusy} onClick={() => void run(chooseAgain)}>
        {t('start.chooseAgain')}
      </Button>
    </div>
  )
}
