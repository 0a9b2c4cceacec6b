import { lazy, Suspense } from 'react'
import type { Attachment } from '../lib/types'
import { useGallery } from './openedImage'

const Lightbox = lazy(() => import('./Lightbox'))

/** The pictures of the open room, shown large; the viewer loads with the first one opened. */
export function Gallery({ images }: { images: Attachment[] }) {
  const openPath = useGallery((state) => state.openPath)
  if (openPath === null) return null
  const isAmong = images.some(({ file_path }) => file_path === openPath)
  return (
    <Suspense>
      <Lightbox images={isAmong ? images : [alone(openPath)]} openPath={openPath} />
    </Suspense>
  )
}

/** Of a chain of replies that began before what is loaded, or on its way. */
const alone = (file_path: string): Attachment => ({
  ...{ file_path, filename: '', file_size: 0, content_type: 'image/*' },
  ...{ width: null, height: null, thumbnail_path: null },
})
