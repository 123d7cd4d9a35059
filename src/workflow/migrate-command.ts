import { emptyCall, type AgentCall } from './agent-call.ts'
import { type MigratedRuntime, readFlags } from './migrate-flags.ts'
import { readHereDocument } from './here-document.ts'
import { splitShellWords } from './shell-words.ts'

const programs: Readonly<Record<string, MigratedRuntime>> = { claude: 'claude', codex: 'codex', gemini: 'gemini' }

/** Why a script that is not one command stays. */
export const severalCommands = 'the script does more than call the agent'

/** Whether a script calls an agent anywhere. */
export function callsAgent(script: string): boolean {
  return /(?:^|[\s;&|(`])(?:claude\s(?:[^\n]*\s)?(?:-p|--print)\b|codex\s(?:[^\n]*\s)?exec\b|gemini\s(?:[^\n]*\s)?(?:-p|--prompt|-y|--yolo)\b)/m.test(
    script.replaceAll(/\\\r?\n/g, ' '),
  )
}

/**
 * What a script amounts to that is nothing but one call of an agent CLI; the reason why it is not. `known` are the variables that the step has and
 * that are no secrets.
 */
export function readAgentCommand(script: string, known: ReadonlySet<string>): AgentCall | string {
  const here = readHereDocument(script)
  if (typeof here === 'string') return here
  const words = splitShellWords(here?.command ?? script)
  if (words === undefined) return severalCommands
  const first = words.findIndex(({ operator }) => operator === true)
  let body = first === -1 ? words : words.slice(0, first)
  let rest = first === -1 ? [] : words.slice(first)
  let promptFile: string | undefined
  let answerFile: string | undefined
  if (body.length === 2 && body[0]?.text === 'cat' && rest[0]?.text === '|') {
    promptFile = body[1]?.text
    const end = rest.findIndex(({ operator }, index) => index > 0 && operator === true)
    body = end === -1 ? rest.slice(1) : rest.slice(1, end)
    rest = end === -1 ? [] : rest.slice(end)
  }
  if (first !== -1 && programs[body[0]?.text ?? ''] === undefined)
    return 'what the agent reads comes from another program'
  for (let index = 0; index < rest.length; index += 2) {
    const [operator, target] = [rest[index]?.text, rest[index + 1]]
    if (operator === '|' && target?.text === 'tee' && rest[index + 2] !== undefined) {
      answerFile = rest[index + 2]?.text
      index++
    } else if (operator === '<' && target !== undefined) promptFile = target.text
    else if (operator === '>' && target !== undefined) answerFile = target.text
    else return 'its output goes on to other programs'
  }
  const runtime = programs[body[0]?.text ?? '']
  if (runtime === undefined) return severalCommands
  const call = emptyCall(runtime)
  const foreign = [...body.flatMap(({ variables }) => variables), ...(here?.variables ?? [])].filter(
    (name) => !known.has(name),
  )
  if (foreign.length > 0) return `nothing in the workflow says what $${foreign[0]} is`
  const reading = readFlags(
    runtime,
    body.slice(1).flatMap((word) => (word.catOf === undefined ? [asTemplate(word.text)] : [])),
  )
  if (reading.obstacle !== undefined) return reading.obstacle
  Object.assign(call.keys, reading.keys)
  call.remarks.push(...reading.remarks)
  promptFile ??= body.find(({ catOf }) => catOf !== undefined)?.catOf
  const written = here === undefined ? undefined : asTemplate(here.text)
  const [prompt = written, ...others] = reading.prompts
  if (prompt !== written && written !== undefined) return 'it has more than one prompt'
  if (others.length > 0 || (prompt !== undefined && promptFile !== undefined)) return 'it has more than one prompt'
  if (prompt === undefined && promptFile === undefined) return 'it names no prompt'
  if (promptFile === undefined) call.keys['prompt'] = prompt
  else call.keys['prompt-file'] = promptFile
  const file = answerFile ?? reading.answerFile
  if (file !== undefined) call.answerFile = file
  return call
}

/** A word with its variables as expressions. */
function asTemplate(text: string): string {
  return text
    .replaceAll(/\$\$|\$\{(\w+)\}/g, (whole, name: string | undefined) =>
      whole === '$$' ? '\u0000' : `\${{ env.${name} }}`,
    )
    .replaceAll('\u0000', '$')
}
