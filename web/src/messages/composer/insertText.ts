/** Puts text where the caret is, as typing would: it can be undone, and the caret stands behind it. */
export function insertText(field: HTMLTextAreaElement | null, text: string): void {
  if (field === null) return
  field.focus()
  // Old, and the only way that leaves the field's undo history whole.
  if (document.execCommand('insertText', false, text)) return
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }))
}
