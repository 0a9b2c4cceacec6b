import { type ReactNode, useState } from 'react'
import { useT } from '../../lib/i18n'
import { spokenName } from '../../lib/spokenName'
import type { Message } from '../../lib/types'
import { Dialog } from '../../ui/Dialog'
import EmojiPicker from '../composer/EmojiPicker'
import { destroys, ICONS } from './icons'
import { QuickOnes } from './QuickOnes'
import { toggleReaction } from './reactions'
import { perform, type Verb } from './verbs'

interface Props {
  message: Message
  verbs: Verb[]
  canReact: boolean
  onClose: () => void
}

/** From below, for a thumb. */
export function Sheet({ message, verbs, canReact, onClose }: Props) {
  const t = useT()
  const [showsAll, setShowsAll] = useState(false)

  /** Once the page behind can take the focus again. */
  function run(work: () => void) {
    onClose()
    setTimeout(work)
  }
  const pick = (emoji: string) => run(() => toggleReaction(message, emoji))

  return (
    <Dialog title={t('action.of', { name: spokenName(message) })} isOpen onClose={onClose} place="bottom">
      {canReact && <QuickOnes onPick={pick} onMore={() => setShowsAll(true)} />}
      {showsAll ? (
        <div className="grid h-[50dvh] border-t border-line">
          <EmojiPicker onPick={pick} />
        </div>
      ) : (
        <ul>
          {verbs.map((verb) => {
            const Icon = ICONS[verb]
            return (
              <Row
                key={verb}
                icon={<Icon size={20} />}
                isApart={destroys(verb)}
                onClick={() => run(() => void perform(verb, message))}
              >
                {t(`action.${verb}`)}
              </Row>
            )
          })}
        </ul>
      )}
    </Dialog>
  )
}

interface RowProps {
  icon: ReactNode
  isApart?: boolean
  onClick: () => void
  children: ReactNode
}

function Row({ icon, isApart = false, onClick, children }: RowProps) {
  return (
    <li className={isApart ? 'mt-1 border-t border-line pt-1 text-danger' : ''}>
      <button
        type="button"
        onClick={onClick}
        className="flex h-12 w-full items-center gap-3 rounded-lg px-2.5 text-start hover:bg-hover"
      >
        {icon}
        {children}
      </button>
    </li>
  )
}
