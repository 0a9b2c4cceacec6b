/** What kind of writing a character belongs to, and whether it shows at all. */

const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u
const LETTER = /[\p{L}\p{N}\p{M}]/u
const PUNCTUATION = /[\p{P}\p{S}]/u

export const isCjk = (character: string): boolean => CJK.test(character)
/** A letter or digit of a script that puts blanks between its words. */
export const isOfWord = (character: string): boolean => LETTER.test(character) && !isCjk(character)
export const isPunctuation = (character: string): boolean => PUNCTUATION.test(character)
export const isBlank = (character: string): boolean => character === '' || /\s/.test(character)

/** Besides what Unicode calls ignorable: blanks in the shape of letters. */
const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}\p{C}\u2800]/gu

export const isVisible = (text: string): boolean => text.replace(INVISIBLE, '') !== ''

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/** Keeps somebody's words from mixing with the sentence that they stand in, where they run from right to left. */
export const isolated = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text)

const ONE_EMOJI =
  '(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}\\ufe0f|\\p{RI}{2}|[0-9#*]\\ufe0f?\\u20e3)(?:\\p{EMod}|\\ufe0f|\\u200d\\p{Extended_Pictographic})*'
const FEW_EMOJI = new RegExp(`^(?:${ONE_EMOJI}){1,3}$`, 'u')

/** One to three emoji and nothing else: they are the message, and not its decoration. */
export const isFewEmoji = (text: string): boolean =>
  text.length <= 100 && FEW_EMOJI.test(text.replace(/\s/g, ''))
