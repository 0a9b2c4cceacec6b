/**
 * Lets others change the page. A browser's translation puts an element in the place of every text, and React, which
 * still holds the text, throws when it wants to take it away or to put something before it: the whole page went white.
 * See https://github.com/facebook/react/issues/11538, which has waited for a mend since 2017.
 */

/** What stands where a text of ours stood. */
const standIns = new WeakMap<Node, Element>()

export function surviveForeignChanges(root: HTMLElement): void {
  new MutationObserver(note).observe(root, { childList: true, subtree: true })
  const { removeChild, insertBefore } = Node.prototype

  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    if (child.parentNode === this) return removeChild.call(this, child) as T
    const shown = shownFor(child)
    if (shown !== null && this.contains(shown)) shown.parentNode?.removeChild(shown)
    return child
  }

  Node.prototype.insertBefore = function <T extends Node>(this: Node, added: T, before: Node | null): T {
    if (before === null || before.parentNode === this) return insertBefore.call(this, added, before) as T
    return insertBefore.call(this, added, childWith(this, shownFor(before))) as T
  }
}

/** The node itself where it was only moved. */
const shownFor = (node: Node): Node | null => (node.parentNode === null ? (standIns.get(node) ?? null) : node)

/** The child of this parent that is, or holds, the node. */
function childWith(parent: Node, node: Node | null): Node | null {
  let child = node
  while (child !== null && child.parentNode !== parent) child = child.parentNode
  return child
}

function note(records: MutationRecord[]): void {
  for (const { removedNodes, addedNodes, previousSibling, nextSibling } of records) {
    for (const gone of removedNodes) {
      if (!(gone instanceof Text) || gone.parentNode !== null) continue
      const standIn = [...addedNodes, previousSibling, nextSibling].find(isForeign)
      if (standIn !== undefined) replace(gone, standIn)
    }
  }
}

/** We make none of these; translators of every browser do. */
const isForeign = (node: Node | null): node is Element => node?.nodeName === 'FONT'

/** When our text changes, it takes its place again: a translation of what it was would be wrong. */
function replace(text: Text, standIn: Element): void {
  standIns.set(text, standIn)
  const watch = new MutationObserver(() => {
    watch.disconnect()
    standIns.delete(text)
    if (text.parentNode === null && standIn.parentNode !== null) standIn.replaceWith(text)
  })
  watch.observe(text, { characterData: true })
}
