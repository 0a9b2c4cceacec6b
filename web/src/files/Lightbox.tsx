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
  const index = Math.max(
    0,
    images.findIndex((image) => image.file_path === openPath),
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
  const duration = prefersReducedMotion() ? 0 : 150
  return (
    <View
      open
      close={closeImage}
      index={index}
      slides={slides}
      on={{ view: ({ index: shown }) => images[shown] && loadWhereNeeded(images[shown].file_path) }}
      labels={labels}
      plugins={[Captions, Download, Zoom]}
      animation={{ fade: duration, swipe: duration }}
      carousel={{ finite: true }}
    />
  )
}
