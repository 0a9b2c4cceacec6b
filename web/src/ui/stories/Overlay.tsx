import { Pencil, Trash2 } from 'lucide-react'
import { useEffect } from 'react'
import { Button, IconButton } from '../Button'
import { Confirm } from '../Confirm'
import { Dialog } from '../Dialog'
import { Failed } from '../Failed'
import { Field } from '../Field'
import { Menu, MenuChoice, MenuItem, MenuLine } from '../Menu'
import { TabbedDialog } from '../TabbedDialog'
import { say, sayProblem } from '../Toast'

interface Props {
  show: string | null
  text: string
  hint: string
}

const nothing = () => undefined

/** What lies over a page, one at a time. */
export function Overlay({ show, text, hint }: Props) {
  useEffect(() => {
    if (show !== 'toast') return
    say(text, { label: hint, run: nothing }, 600_000)
    sayProblem(text)
  }, [show, text, hint])
  const tabs = [
    { name: 'a', title: text, content: <Field label={text} /> },
    { name: 'b', title: hint, content: null },
  ]
  switch (show) {
    case 'dialog':
      return (
        <Dialog title={text} description={hint} isOpen onClose={nothing}>
          <Field label={text} />
          <Button className="mt-4">{hint}</Button>
        </Dialog>
      )
    case 'confirm':
      return (
        <Confirm
          title={text}
          description={hint}
          action={hint}
          isOpen
          onClose={nothing}
          onConfirm={() => Promise.resolve()}
        />
      )
    case 'tabs':
      return <TabbedDialog title={text} tabs={tabs} onClose={nothing} />
    case 'menu':
      return (
        <div className="fixed end-40 top-40">
          <Menu
            trigger={
              <IconButton label={text}>
                <Pencil size={20} />
              </IconButton>
            }
          >
            <MenuItem icon={<Pencil size={16} />} onSelect={nothing}>
              {text}
            </MenuItem>
            <MenuItem disabled onSelect={nothing}>
              {hint}
            </MenuItem>
            <MenuLine />
            <MenuChoice label={hint} value="b" options={[{ value: 'b', label: text }]} onChange={nothing} />
            <MenuItem icon={<Trash2 size={16} />} isDangerous onSelect={nothing}>
              {hint}
            </MenuItem>
          </Menu>
        </div>
      )
    case 'failed':
      return (
        <div className="fixed inset-0 z-50">
          <Failed />
        </div>
      )
    default:
      return null
  }
}
