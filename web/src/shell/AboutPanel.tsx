import AboutDialog from '../about/AboutDialog'
import { useServer } from '../host/store'
import { closePanel } from './panels'

export default function AboutPanel() {
  const info = useServer((state) => state.info)
  return <AboutDialog version={info?.version ?? ''} host={info?.name} onClose={closePanel} />
}
