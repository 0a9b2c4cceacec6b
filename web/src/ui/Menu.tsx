import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { createContext, type ReactElement, type ReactNode, useContext, useRef, useState } from 'react'
import { useBackCloses } from '../lib/backCloses'
import { WasByKey } from './Deferred'

interface MenuProps {
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'end'
  /** After what was chosen. */
  onClosed?: () => void
}

/** What was chosen runs when the menu is gone and its button has the focus again, to which a dialog then returns it. */
const AfterClosing = createContext<(run: () => void) => void>((run) => run())

/** Scrolls where the screen is too low for it. Loaded by the click that wants it (see Deferred), so it begins open. */
export function Menu({ trigger, children, align = 'end', onClosed }: MenuProps) {
  const [isOpen, setOpen] = useState(true)
  const chosen = useRef<() => void>(undefined)
  // Then it begins at its first item, as it does from then on.
  const isByKey = useRef(useContext(WasByKey))
  useBackCloses(isOpen, () => setOpen(false))
  const runChosen = () => {
    if (chosen.current !== undefined) queueMicrotask(chosen.current)
    if (onClosed !== undefined) queueMicrotask(onClosed)
    chosen.current = undefined
  }
  return (
    <DropdownMenu.Root open={isOpen} onOpenChange={setOpen} modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          onFocus={({ target, currentTarget }) => {
            if (target !== currentTarget || !isByKey.current) return
            isByKey.current = false
            currentTarget.querySelector<HTMLElement>('[role^=menuitem]')?.focus()
          }}
          className="menu max-h-(--radix-dropdown-menu-content-available-height) overflow-y-auto"
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={runChosen}
        >
          <AfterClosing
            value={(run) => {
              chosen.current = run
            }}
          >
            {children}
          </AfterClosing>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface ItemProps {
  icon?: ReactNode
  children: ReactNode
  onSelect: () => void
  isDangerous?: boolean
  disabled?: boolean
}

export function MenuItem({ icon, children, onSelect, isDangerous = false, disabled = false }: ItemProps) {
  const tone = isDangerous ? 'text-danger' : ''
  const afterClosing = useContext(AfterClosing)
  return (
    <DropdownMenu.Item
      className={`menu-item ${tone}`}
      onSelect={() => afterClosing(onSelect)}
      disabled={disabled}
    >
      {icon}
      {children}
    </DropdownMenu.Item>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

/** A few short words side by side, one of which holds. */
export function MenuChoice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
      <DropdownMenu.Label className="px-2.5 pt-1.5 pb-1 text-xs font-medium text-soft">
        {label}
      </DropdownMenu.Label>
      <div className="flex">
        {options.map((option) => (
          <DropdownMenu.RadioItem
            key={option.value}
            value={option.value}
            className="menu-item flex-1 justify-center gap-1.5 whitespace-nowrap aria-checked:font-medium"
          >
            {option.label}
            <DropdownMenu.ItemIndicator>
              <Check size={16} className="text-accent" />
            </DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        ))}
      </div>
    </DropdownMenu.RadioGroup>
  )
}

export function MenuLine() {
  return <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
}
