import { Toaster, toast } from 'sonner'

export function Toasts() {
  return (
    <Toaster
      position="top-center"
      visibleToasts={3}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-[22rem] max-w-[calc(100vw-2rem)] items-center gap-2.5 rounded-xl border border-line bg-raised px-4 py-3 text-sm text-ink shadow-float',
          actionButton: 'ms-auto font-medium text-accent',
        },
      }}
    />
  )
}

export const sayProblem = (text: string): void => void toast.error(text)
export const say = (text: string): void => void toast(text)
