import { useState } from 'react'
import View from 'yet-another-react-lightbox'
import Captions from 'yet-another-react-lightbox/plugins/captions'
import Download from 'yet-another-react-lightbox/plugins/download'
import Zoom from 'yet-another-react-lightbox/plugins/zoom'
import 'yet-another-react-lightbox/styles.css'
import 'yet-another-react-lightbox/plugins/captions.css'
import { useBackCloses } from '../lib/backCloses'
import { prefersReducedMotion } from '../lib/capabilities'
import { useT } from '../lib/i18n'
import type { Attachment } from '../lib/types'
import { loadWhereNeeded, useSources } from './contents'
import { closeImage } from './openedImage'

interface Props {
  images: Attachment[]
  openPath: string
}

export default function Lightbox({ images, openPath }: Props) {
  const t = useT()
  useBackCloses(true, closeImage)
  // Where the reader has gone: drawn anew for any other reason, it would else go back to where it began.
  const [shownPath, show] = useState(openPath)
  const index = Math.max(
    0,
    images.findIndex((image) => image.file_path === shownPath),
  )
  const sourceOf = useSources()
  const slides = images.map(({ file_path, filename, width, height }) => ({
    src: sourceOf(file_path),
    alt: filename,
    title: filename,
    download: { url: sourceOf(file_path), filename },
    ...(width !== null && height !== null ? { width, height } : {}),
  }))
  const labels = {
    Close: t('ui.close'),
    Previous: t('files.previous'),
    Next: t('files.next'),
    Download: t('files.downloadImage'),
    'Zoom in': t('files.zoomIn'),
    'Zoom out': t('files.zoomOut'),
  }
  function view({ index: at }: { index: number }) {
    const image = images[at]
    if (image === undefined) return
    show(image.file_path)
    loadWhereNeeded(image.file_path)
  }
  const duration = prefersReducedMotion() ? 0 : 150
  return (
    <View
      open
      close={closeImage}
      index={index}
      slides={slides}
      on={{ view }}
      labels={labels}
      plugins={[Captions, Download, Zoom]}
      animation={{ fade: duration, swipe: duration }}
      carousel={{ finite: true }}
    />
  )
}
