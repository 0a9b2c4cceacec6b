/** Short words about what just happened; they go away by themselves, but not under the reader's pointer. */
import { CircleAlert, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useT } from '../lib/i18n'
import { sessionStore } from '../lib/stores'
import { IconButton } from './Button'

const MOST = 3
const SHOW_FOR = 5_000 // ms
const READING = 50 // ms a character beyond the first hundred

interface Toast {
  id: number
  text: string
  isProblem: boolean
  /** What can be done about it, as long as it is shown. */
  action: Action | undefined
  showFor: number // ms
}

interface Action {
  label: string
  run: () => void
}

const useToasts = sessionStore<{ toasts: Toast[] }>({ toasts: [] })

let lastId = 0

function show(text: string, isProblem: boolean, action?: Action, showFor?: number): number {
  lastId += 1
  const reading = SHOW_FOR + READING * Math.max(0, text.length - 100)
  const toast = { id: lastId, text, isProblem, action, showFor: showFor ?? reading }
  const isRepeat = (other: Toast) => other.text === text && other.action === undefined
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((other) => !isRepeat(other)), toast].slice(-MOST),
  }))
  return lastId
}

export const closeToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))

export const sayProblem = (text: string, action?: Action): void => void show(text, true, action)
/** Which toast it is, for `closeToast`; `showFor`, in ms, where the action's time runs out whoever reads. */
export const say = (text: string, action?: Action, showFor?: number): number =>
  show(text, false, action, showFor)

/** Above the composer: neither it, nor a room's header, nor the title of a dialog is covered. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts)
  return createPortal(
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-[calc(6rem+env(safe-area-inset-bottom))] z-60 flex flex-col items-center gap-2"
    >
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </div>,
    document.body, // beside the page, which is inert behind a dialog
  )
}

function ToastView({ toast: { id, text, isProblem, action, showFor } }: { toast: Toast }) {
  const t = useT()
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => closeToast(id), showFor)
    return () => clearTimeout(timer)
  }, [id, showFor, isHeld])
  return (
    <div
      role={isProblem ? 'alert' : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      className="pointer-events-auto flex w-88 max-w-full items-start gap-2.5 rounded-xl border border-line bg-raised py-1.5 ps-4 pe-1.5 text-sm shadow-float animate-appear"
    >
      {isProblem && <CircleAlert size={16} className="mt-2 shrink-0 text-danger" aria-hidden />}
      <p className="min-w-0 flex-1 py-2 break-words">{text}</p>
      {action !== undefined && (
        <button
          type="button"
          onClick={() => {
            closeToast(id)
            action.run()
          }}
          className="min-h-9 px-2 font-medium text-accent underline underline-offset-2 coarse:min-h-11"
        >
          {action.label}
        </button>
      )}
      <IconButton label={t('ui.close')} onClick={() => closeToast(id)}>
        <X size={16} />
      </IconButton>
    </div>
  )
}
