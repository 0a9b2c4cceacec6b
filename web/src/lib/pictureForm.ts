/** The body of a request that brings a picture. */
export function asForm(picture: Blob) {
  const form = new FormData()
  form.set('file', picture, 'picture.png')
  return { body: { file: '' }, bodySerializer: () => form }
}
