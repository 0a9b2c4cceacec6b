/** F6 goes round the parts of the page: rooms, messages, message box, third pane. */

const REGIONS = ['nav a[href], nav button', '[role=log]', '#composer', 'aside input, aside button']

const isShown = (element: Element): boolean => element.getClientRects().length > 0

export function focusNextRegion(step: 1 | -1): void {
  const found = REGIONS.map((selector) =>
    [...document.querySelectorAll<HTMLElement>(selector)].filter(isShown),
  ).filter((elements) => elements.length > 0)
  const focused = document.activeElement
  const at = found.findIndex((elements) => elements.some((one) => one === focused || one.contains(focused)))
  const elements = found[(at + step + found.length) % found.length] ?? []
  // Among the rooms, the one that is open.
  const target = elements.find((one) => one.ariaCurrent === 'page') ?? elements[0]
  target?.focus()
}
