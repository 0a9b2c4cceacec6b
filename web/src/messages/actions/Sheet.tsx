import { type ReactNode, useState } from 'react'
import { useT } from '../../lib/i18n'
import { spokenName } from '../../lib/spokenName'
import type { ChatRoom, Message } from '../../lib/types'
import { Dialog } from '../../ui/Dialog'
import EmojiPicker from '../composer/EmojiPicker'
import { destroys, ICONS } from './icons'
import { QuickOnes } from './QuickOnes'
import { toggleReaction } from './reactions'
import { Said } from './Said'
import { perform, type Verb, whyNot } from './verbs'

interface Props {
  message: Message
  verbs: Verb[]
  can: ChatRoom['can']
  onClose: () => void
}

/** From below, for a thumb. */
export function Sheet({ message, verbs, can, onClose }: Props) {
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
      {can.react && <QuickOnes onPick={pick} onMore={() => setShowsAll(true)} />}
      {showsAll ? (
        <div className="grid h-[50dvh] border-t border-line">
          <EmojiPicker onPick={pick} />
        </div>
      ) : (
        <ul>
          {verbs.map((verb) => {
            const Icon = ICONS[verb]
            const reason = whyNot(verb, message, can)
            return (
              <Row
                key={verb}
                icon={<Icon size={20} />}
                isApart={destroys(verb)}
                isDisabled={reason !== null}
                onClick={() => run(() => void perform(verb, message))}
              >
                <Said verb={verb} reason={reason} />
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
  isDisabled?: boolean
  onClick: () => void
  children: ReactNode
}

function Row({ icon, isApart = false, isDisabled = false, onClick, children }: RowProps) {
  return (
    <li className={isApart ? 'mt-1 border-t border-line pt-1 text-danger' : ''}>
      <button
        type="button"
        disabled={isDisabled}
        onClick={onClick}
        className="flex min-h-12 w-full items-center gap-3 rounded-lg px-2.5 text-start hover:bg-hover disabled:text-soft"
      >
        {icon}
        {children}
      </button>
    </li>
  )
}
