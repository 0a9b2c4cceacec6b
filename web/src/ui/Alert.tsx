import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export function Alert({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="flex gap-2 rounded-lg bg-danger-tint px-3 py-2 text-sm text-danger">
      <CircleAlert size={16} className="mt-px shrink-0" aria-hidden />
      <div className="min-w-0 break-words">{children}</div>
    </div>
  )
}
