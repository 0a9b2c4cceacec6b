/** Two soft notes, made here: nothing has to be fetched for them. */

const NOTES = [659.25, 880] // Hz
const APART = 0.11 // s
const LASTS = 0.35 // s
const LOUDNESS = 0.06

let context: AudioContext | undefined

/** Nothing is heard where the browser allows no sound before the first click. */
export function playSound(): void {
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume()
  const { currentTime, destination } = context
  NOTES.forEach((frequency, index) => {
    if (context === undefined) return
    const begin = currentTime + index * APART
    const tone = new OscillatorNode(context, { frequency })
    const volume = new GainNode(context, { gain: 0 })
    volume.gain.setValueAtTime(LOUDNESS, begin)
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + LASTS)
    tone.connect(volume).connect(destination)
    tone.start(begin)
    tone.stop(begin + LASTS)
  })
}
