import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { EntryScreen } from '../accounts/EntryScreen'
import { GuestForm } from '../accounts/GuestForm'
import { useAccount } from '../accounts/store'
import { useServer } from '../host/store'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { Alert } from '../ui/Alert'
import { Spinner } from '../ui/Spinner'
import { forgetInviteCode, inviteCode, keepInviteCode, readInvitation, redeem } from './store'
import type { Invitation } from './types'

/** Where a link into a room leads: through a name, where there is none yet, and in. */
export default function JoinPage() {
  const isIn = useAccount((state) => state.status === 'in')
  const [code] = useState(inviteCode)
  useEffect(() => keepInviteCode(code), [code])
  return isIn ? <Entering code={code} /> : <Invited code={code} />
}

function Entering({ code }: { code: string }) {
  const [, navigate] = useLocation()
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    redeem(code).then(
      (room) => {
        forgetInviteCode()
        navigate(`/rooms/${room.id}`, { replace: true })
      },
      (reason) => setProblem(errorText(asChatError(reason))),
    )
  }, [code, navigate])
  return problem === null ? <Waiting /> : <Refused problem={problem} />
}

function Invited({ code }: { code: string }) {
  const t = useT()
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const takesGuests = useServer((state) => state.info?.guests_allowed ?? false)
  useEffect(() => {
    readInvitation(code).then(setInvitation, (reason) => setProblem(errorText(asChatError(reason))))
  }, [code])
  if (problem !== null) return <Refused problem={problem} />
  if (invitation === null) return <Waiting />
  return (
    <EntryScreen
      subtitle={
        <>
          <span dir="auto">{t('invite.invitesYou', { name: invitation.inviter_name })}</span>
          <strong dir="auto" className="block text-xl font-semibold break-words text-ink">
            {invitation.room_name}
          </strong>
        </>
      }
    >
      {takesGuests ? <GuestForm /> : <AccountLinks />}
    </EntryScreen>
  )
}

const DOOR =
  'flex h-10 items-center justify-center rounded-lg border border-line bg-raised px-4 font-medium hover:bg-hover coarse:h-11'

function AccountLinks() {
  const t = useT()
  const isOpen = useServer((state) => state.info?.registration_open ?? true)
  return (
    <div className="space-y-3">
      <p className="text-center text-soft">{t('invite.noGuests')}</p>
      <Link href={`/login${location.search}`} className={DOOR}>
        {t('invite.logIn')}
      </Link>
      {isOpen && (
        <Link href={`/register${location.search}`} className={DOOR}>
          {t('invite.register')}
        </Link>
      )}
    </div>
  )
}

function Refused({ problem }: { problem: string }) {
  const t = useT()
  return (
    <EntryScreen subtitle={t('invite.refused')}>
      <Alert>{problem}</Alert>
      <Link href="/" className={`mt-4 ${DOOR}`} onClick={forgetInviteCode}>
        {t('invite.toRooms')}
      </Link>
    </EntryScreen>
  )
}

function Waiting() {
  return (
    <main className="grid h-dvh place-items-center bg-paper">
      <Spinner size={28} />
    </main>
  )
}
