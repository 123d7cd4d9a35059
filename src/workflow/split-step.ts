import { isMap, isSeq, type Document, type YAMLMap } from 'yaml'
import { readAgentCommand } from './migrate-command.ts'
import { splitScript } from './split-script.ts'
import { put, resolved, textUnder } from './workflow-document.ts'

/**
 * Puts a step for each call of an agent, and for what stands between them, in the place of one whose script is several commands; the reason why it
 * stays as it is. Undefined where there is nothing to split.
 */
export function splitStep(
  job: YAMLMap,
  step: YAMLMap,
  document: Document,
  known: ReadonlySet<string>,
): readonly YAMLMap[] | string | undefined {
  const steps = resolved(job.get('steps', true), document)
  const at = isSeq(steps) ? steps.items.indexOf(step) : -1
  const split = splitScript(textUnder(step, 'run', document) ?? '')
  if (!isSeq(steps) || at === -1 || split === undefined || typeof split === 'string')
    return typeof split === 'string' ? split : undefined
  const { parts } = split
  if (!parts.some((part) => typeof readAgentCommand(part, known) !== 'string')) return undefined
  if (textUnder(step, 'id', document) !== undefined)
    return 'the script does more than call the agent, and others may read its outputs by its `id`'
  const condition = textUnder(step, 'if', document)
  if (condition !== undefined && /\b(?:always|failure|cancelled)\s*\(/.test(condition))
    return 'the script does more than call the agent, and with this `if` its later lines would run although an earlier one failed'
  if (step.has('continue-on-error'))
    return 'the script does more than call the agent, and with `continue-on-error` its later lines would run although an earlier one failed'
  const name = textUnder(step, 'name', document)
  const made = parts.map((part, index) => {
    const copy = step.clone() as YAMLMap
    delete (copy as { anchor?: string }).anchor
    if (index > 0) copy.commentBefore = null
    if (name !== undefined) put(copy, 'name', `${name} (${index + 1} of ${parts.length})`, document)
    put(copy, 'run', part, document)
    copy.range = step.range ?? null
    return copy
  })
  steps.items.splice(at, 1, ...made)
  return made.filter((each) => isMap(each))
}
