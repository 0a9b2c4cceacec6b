/** Which picture is open in the lightbox. */
import { sessionStore } from '../lib/stores'

export const useGallery = sessionStore<{ openPath: string | null }>({ openPath: null })

export const openImage = (openPath: string): void => useGallery.setState({ openPath })
export const closeImage = (): void => useGallery.setState({ openPath: null })
