/** What a clipboard holds besides text. */

interface Pasted {
  files: File[]
  /** There is nothing but files: no text that would be lost if they were taken in its place. */
  isAll: boolean
}

/** Spreadsheets and word processors put a picture of the text beside the text; file managers, the names of the files. */
export function pastedFiles(clipboard: Pick<DataTransfer, 'files' | 'getData'>): Pasted {
  const files = Array.from(clipboard.files)
  const text = clipboard.getData('text/plain').trim()
  const names = new Set(files.map((file) => file.name))
  const isNames = text.split(/\r?\n/).every((line) => names.has(line.replace(/^.*[\\/]/, '').trim()))
  return { files, isAll: files.length > 0 && (text === '' || isNames) }
}
