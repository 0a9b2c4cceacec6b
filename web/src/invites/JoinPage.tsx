import { type ReactNode, useEffect, useState } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import { EntryScreen } from '../accounts/EntryScreen'
import { GuestForm } from '../accounts/GuestForm'
import { useAccount } from '../accounts/store'
import { useServer } from '../host/store'
import { asChatError } from '../lib/errors'
import { errorText } from '../lib/errorText'
import { useT } from '../lib/i18n'
import { spokenName } from '../lib/spokenName'
import { isMine, useRooms } from '../rooms/store'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Spinner } from '../ui/Spinner'
import { acceptInvite, forgetInviteCode, inviteCode, isAccepted, keepInviteCode } from './code'
import { readInvitation, redeem } from './store'
import type { Invitation } from './types'

/** Where a link into a room leads: to the question who invites and where to, for whoever is in already as well. */
export default function JoinPage() {
  const isIn = useAccount((state) => state.status === 'in')
  const [code] = useState(inviteCode)
  useEffect(() => keepInviteCode(code), [code])
  return isIn ? <ForSomebody code={code} /> : <ForNewcomers code={code} />
}

/** Any page can lead here: nobody becomes a member by that alone. */
function ForSomebody({ code }: { code: string }) {
  // Who gave their name below the invitation has been asked.
  const [isWanted, setWanted] = useState(() => isAccepted(code))
  if (isWanted) return <Entering code={code} />
  return (
    <Invited code={code}>
      {(invitation) => <Question {...invitation} onJoin={() => setWanted(true)} />}
    </Invited>
  )
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

/** The button has no focus: an Enter that was meant for another page is no answer. */
function Question({ room_id, onJoin }: Invitation & { onJoin: () => void }) {
  const t = useT()
  const me = useAccount((state) => state.user)
  const isMember = useRooms((state) => isMine(state.byId[room_id]))
  useEffect(() => {
    if (isMember) forgetInviteCode()
  }, [isMember])
  if (isMember) return <Redirect to={`/rooms/${room_id}`} replace />
  return (
    <div className="space-y-3">
      {me !== null && <p className="text-center text-soft">{t('invite.joinAs', { name: spokenName(me) })}</p>}
      <Button className="w-full" onClick={onJoin}>
        {t('invite.join')}
      </Button>
      <Link href="/" className={DOOR} onClick={forgetInviteCode}>
        {t('invite.notNow')}
      </Link>
    </div>
  )
}

function ForNewcomers({ code }: { code: string }) {
  const takesGuests = useServer((state) => state.info?.guests_allowed ?? false)
  return (
    <Invited code={code}>
      {() => (takesGuests ? <GuestForm onGiven={() => acceptInvite(code)} /> : <AccountLinks />)}
    </Invited>
  )
}

/** Who invites, and where to. */
function Invited({ code, children }: { code: string; children: (invitation: Invitation) => ReactNode }) {
  const t = useT()
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    readInvitation(code).then(setInvitation, (reason) => setProblem(errorText(asChatError(reason))))
  }, [code])
  if (problem !== null) return <Refused problem={problem} />
  if (invitation === null) return <Waiting />
  const { inviter_name, inviter_is_guest, room_name } = invitation
  const name = spokenName({ username: inviter_name, is_guest: inviter_is_guest })
  return (
    <EntryScreen
      subtitle={
        <>
          <span dir="auto">{t('invite.invitesYou', { name })}</span>
          <strong dir="auto" className="block text-xl font-semibold break-words text-ink">
            {room_name}
          </strong>
        </>
      }
    >
      {children(invitation)}
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
