import { expect, test } from 'vitest'
import { pastedFiles } from './paste'

const clipboard = (text: string, ...names: string[]) => ({
  files: names.map((name) => new File(['x'], name)) as unknown as FileList,
  getData: () => text,
})

test('text that comes with a picture of itself is not given up for the picture', () => {
  expect(pastedFiles(clipboard('Name\tSum\nAnn\t5', 'image.png'))).toMatchObject({
    isAll: false,
    files: [{}],
  })
})

test('a picture without a text is taken', () => {
  expect(pastedFiles(clipboard('', 'image.png')).isAll).toBe(true)
})

test('the names of copied files are no text that anybody wants', () => {
  expect(pastedFiles(clipboard('/home/ann/a.pdf\nb.pdf', 'a.pdf', 'b.pdf')).isAll).toBe(true)
})

test('text alone is text alone', () => {
  expect(pastedFiles(clipboard('hello'))).toEqual({ files: [], isAll: false })
})
