/** Signs that Markdown or a link may be in a text; most messages have none and need no parser. */
const SIGNS = /[*_`~#>[\]|]|^[ \t]*([-+]|\d+[.)])[ \t]|^[ \t]*-{3,}|:\/\/|www\.|@|^( {4}|\t)/m

export const mayBeMarkdown = (text: string): boolean => SIGNS.test(text)
