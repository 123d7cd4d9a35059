import type { Task } from '../core/task.ts'

/**
 * The prompt of a task as text: where its beginning could make an option or a command of the CLI of it, a character without a width stands before
 * that.
 */
export function promptText({ action }: Pick<Task, 'action'>, commands = /^\s*[-/!@#]/): string {
  const prompt = action.kind === 'prompt' ? action.prompt : ''
  return commands.test(prompt) ? `\u200B${prompt}` : prompt
}

/** The prompt for a CLI that has no option for the schema of its answer: the schema stands at its end. */
export function promptWithSchema(task: Pick<Task, 'action' | 'outputSchema'>): string {
  const { outputSchema } = task
  if (outputSchema === undefined) return promptText(task)
  return [
    promptText(task),
    '',
    'Answer with one JSON value alone, without any other text and without a code fence. It has to satisfy this JSON Schema:',
    JSON.stringify(outputSchema),
  ].join('\n')
}
