import { lazy, Suspense } from 'react'
import type { Attachment } from '../lib/types'
import { useGallery } from './openedImage'

const Lightbox = lazy(() => import('./Lightbox'))

/** The pictures of the open room, shown large; the viewer loads with the first one opened. */
export function Gallery({ images }: { images: Attachment[] }) {
  const openPath = useGallery((state) => state.openPath)
  if (openPath === null) return null
  return (
    <Suspense>
      <Lightbox images={images} openPath={openPath} />
    </Suspense>
  )
}
