/** Pure: which part of a picture a square shows. */

/** `zoom` from 1, where the shorter side fits; `x` and `y` are the middle of what is shown, in the picture's px. */
export interface Part {
  zoom: number
  x: number
  y: number
}

export const MAX_ZOOM = 6

interface Size {
  width: number
  height: number
}

export const middle = ({ width, height }: Size): Part => ({ zoom: 1, x: width / 2, y: height / 2 })

/** The side of the square in the picture's px. */
export const sideOf = ({ width, height }: Size, zoom: number): number => Math.min(width, height) / zoom

/** The nearest part that lies wholly within the picture. */
export function within(size: Size, part: Part): Part {
  const zoom = Math.min(MAX_ZOOM, Math.max(1, part.zoom))
  const half = sideOf(size, zoom) / 2
  const clamp = (at: number, length: number) => Math.min(length - half, Math.max(half, at))
  return { zoom, x: clamp(part.x, size.width), y: clamp(part.y, size.height) }
}
