import { type ReactNode, Suspense } from 'react'
import { useT } from '../lib/i18n'
import { Boundary } from './Boundary'
import { sayProblem } from './Toast'

interface Props {
  /** Closes it where it can't be shown. */
  onFail: () => void
  /** Shown while it loads. */
  meanwhile?: ReactNode
  children: ReactNode
}

/** What opens beside the chat and loads when it does: the chat stays where that fails. */
export function Aside({ onFail, meanwhile, children }: Props) {
  const t = useT()
  function fail() {
    onFail()
    sayProblem(t('error.partMissing'), { label: t('shell.reload'), run: () => location.reload() })
  }
  return (
    <Boundary fallback={null} onFail={fail}>
      <Suspense fallback={meanwhile}>{children}</Suspense>
    </Boundary>
  )
}
