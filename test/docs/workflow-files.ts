import { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } from '@actions/workflow-parser'
import { parseAction } from '@actions/workflow-parser/actions/action-parser'

/** What GitHub's own parser has against the text of a workflow, one line a mistake. */
export async function workflowMistakes(name: string, content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter())
  // Conversion sees what the schema cannot: jobs that need each other, expressions that cannot be read.
  if (value !== undefined) await convertWorkflowTemplate(context, value)
  return context.errors.getErrors().map((error) => error.message)
}

/** The same for the text of an `action.yml`. */
export function actionMistakes(name: string, content: string): string[] {
  const { context } = parseAction({ name, content }, new NoOperationTraceWriter())
  return context.errors.getErrors().map((error) => error.message)
}
