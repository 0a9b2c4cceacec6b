import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { copyText } from '../lib/capabilities'
import { useT } from '../lib/i18n'
import { Button } from './Button'
import { sayProblem } from './Toast'

export function CopyButton({ text }: { text: string }) {
  const t = useT()
  const [copied, setCopied] = useState<string | null>(null)
  const isCopied = copied === text

  async function copy() {
    if (await copyText(text)) setCopied(text)
    else sayProblem(t('ui.notCopied'))
  }

  return (
    <Button look="outline" onClick={() => void copy()} className="shrink-0">
      {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      <span aria-live="polite">{t(isCopied ? 'ui.copied' : 'ui.copy')}</span>
    </Button>
  )
}
