import type { Task } from '../core/task.ts'

/**
 * The prompt of a task as text: where its beginning could make an option or a command of the CLI of it, a character without a width stands before
 * that.
 */
export function promptText({ action }: Task, commands = /^\s*[-/!@#]/): string {
  const prompt = action.kind === 'prompt' ? action.prompt : ''
  return commands.test(prompt) ? `\u200B${prompt}` : prompt
}
