import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

interface Props {
  title: string
  children: ReactNode
}

/** A part of a page of settings, under its heading. */
export function Section({ title, children }: Props) {
  return (
    <section className="border-line py-4 not-first:border-t first:pt-0">
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      {children}
    </section>
  )
}

interface RowProps {
  icon: ReactNode
  label: string
  /** What it is now, or what it is good for. */
  hint?: string | undefined
  onClick: () => void
}

/** A line that leads on. */
export function SectionRow({ icon, label, hint, onClick }: RowProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="-mx-2 flex min-h-11 w-[calc(100%+1rem)] items-center gap-3 rounded-lg px-2 py-1.5 text-start hover:bg-hover"
    >
      <span className="shrink-0 text-soft">{icon}</span>
      <span className="min-w-0 flex-1">
        {label}
        {hint !== undefined && <span className="block text-sm text-soft">{hint}</span>}
      </span>
      <ChevronRight size={16} className="shrink-0 text-soft rtl:-scale-x-100" aria-hidden />
    </button>
  )
}
