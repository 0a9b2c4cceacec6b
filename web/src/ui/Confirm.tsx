import { useState } from 'react'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { Alert } from './Alert'
import { Button } from './Button'
import { Dialog } from './Dialog'

interface Props {
  title: string
  description: string
  action: string
  isOpen: boolean
  onClose: () => void
  /** The dialog closes when this is done, and shows why when it is refused. */
  onConfirm: () => Promise<void>
}

export function Confirm({ title, description, action, isOpen, onClose, onConfirm }: Props) {
  const t = useT()
  const [problem, setProblem] = useState<string | null>(null)

  function confirm() {
    onConfirm().then(onClose, (reason) => setProblem(errorText(asChatError(reason))))
  }

  return (
    <Dialog title={title} description={description} isOpen={isOpen} onClose={onClose}>
      {problem !== null && <Alert>{problem}</Alert>}
      <div className="mt-2 flex justify-end gap-2">
        <Button look="quiet" autoFocus onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button look="danger" onClick={confirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
