/** What stands for a room's name where there is no place for it: one Chinese character, or two letters. */
export function roomLetters(name: string): string {
  const [first = '', second = ''] = name.split(/[\s_-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const characters = Array.from(first.replace(/^[^\p{L}\p{N}]+/u, ''))
  const initial = characters[0] ?? Array.from(name)[0] ?? '?'
  if (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|\p{Emoji_Presentation}/u.test(
      initial,
    )
  )
    return initial
  const next = Array.from(second)[0] ?? characters[1] ?? ''
  return initial.toLocaleUpperCase() + (second === '' ? next : next.toLocaleUpperCase())
}
