/** Which picture is open in the lightbox. */
import { create } from 'zustand'

export const useGallery = create<{ openPath: string | null }>(() => ({ openPath: null }))

export const openImage = (openPath: string): void => useGallery.setState({ openPath })
export const closeImage = (): void => useGallery.setState({ openPath: null })
