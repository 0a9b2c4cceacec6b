/** Lists of things to do: a box before what is done, or isn't yet. */
import type { MarkdownIt, StateCore, Token } from 'markdown-it'

const BOX = /^\[([ xX])\][ \t]+/

export interface TaskWords {
  done: string
  toDo: string
}

export function drawTasks(markdown: MarkdownIt): void {
  markdown.core.ruler.push('tasks', ({ tokens, Token: Made }: StateCore) => {
    tokens.forEach((token, index) => {
      const first = token.children?.[0]
      if (first?.type !== 'text' || !beginsItem(tokens, index)) return
      const box = BOX.exec(first.content)
      if (box === null || (box[0] === first.content && token.children?.length === 1)) return
      first.content = first.content.slice(box[0].length)
      const drawn = new Made('task', '', 0)
      drawn.markup = box[1] ?? ' '
      token.children?.unshift(drawn)
      tokens[index - 2]?.attrJoin('class', 'task')
    })
  })
  const { escapeHtml } = markdown.utils
  markdown.renderer.rules.task = (tokens, index, _options, env) => {
    const isDone = tokens[index]?.markup !== ' '
    const { words } = env as { words: TaskWords }
    const name = escapeHtml(isDone ? words.done : words.toDo)
    return `<span class="task-box${isDone ? ' task-done' : ''}" role="img" aria-label="${name}"></span>`
  }
}

const beginsItem = (tokens: Token[], index: number): boolean =>
  tokens[index - 1]?.type === 'paragraph_open' && tokens[index - 2]?.type === 'list_item_open'
