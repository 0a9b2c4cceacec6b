import { useT } from '../lib/i18n'
import { Confirm } from '../ui/Confirm'
import { askToBlock, setBlocked, useBlocks } from './blocks'

/** What comes of it, before somebody is blocked. */
export function BlockDialog() {
  const t = useT()
  const asked = useBlocks((state) => state.asked)
  if (asked === null) return null
  const { id, name } = asked
  return (
    <Confirm
      title={t('block.title', { name })}
      description={t('block.hint')}
      action={t('block.block')}
      isOpen
      onClose={() => askToBlock(null)}
      onConfirm={() => setBlocked(id, true)}
    />
  )
}
