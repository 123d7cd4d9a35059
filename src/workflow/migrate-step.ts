import type { Document, Node, YAMLMap } from 'yaml'
import type { AgentCall } from './agent-call.ts'
import { looksLikeCredential } from '../core/credential-name.ts'
import { asSentence, isSecret, type Migration, runDefault } from './migration.ts'
import {
  commentAbove,
  commentsIn,
  freeAliases,
  pairOf,
  put,
  resolved,
  rewriteTexts,
  textUnder,
} from './workflow-document.ts'

/** A step that is taken over. */
export interface TakenStep {
  /** Of the instance. */
  readonly id: string
  readonly call: AgentCall
  readonly step: YAMLMap
  readonly job: YAMLMap
  /** What its program saw by what the workflow says. */
  readonly env: ReadonlyMap<string, string>
}

/** How a workflow calls the orchestrator. */
const action = 'org/orchestrator-action@v1'

const providerKeys: Readonly<Record<string, readonly string[]>> = {
  claude: ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN', 'ANTHROPIC_AUTH_TOKEN'],
  codex: ['OPENAI_API_KEY', 'CODEX_API_KEY'],
  gemini: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
}

const supported: Readonly<Record<string, ReadonlySet<string>>> = {
  codex: new Set(['max-turns', 'allowed-tools', 'disallowed-tools', 'mcp']),
  gemini: new Set(['allowed-tools', 'disallowed-tools', 'mcp', 'instructions', 'output-schema']),
}

/** Puts our action in the place of a step and an instance into the orchestration file; gives what changed its meaning. */
export function replaceStep(migration: Migration, { id, call, step, job, env }: TakenStep): readonly string[] {
  const { document, inputs, versions, config } = migration
  const { runtime } = call
  const remarks = [...call.remarks]
  const own = { ...call.keys }
  for (const key of Object.keys(own))
    if (supported[runtime]?.has(key) === true) {
      remarks.push(`\`${key}\` is not supported by the runtime ${runtime}, and is left out`)
      delete own[key]
    }
  if (migration.pull !== undefined && (own['effects'] !== undefined || call.inputs['comment'] === 'sticky')) {
    own['effects'] = { comment: { on: `\${{ ${migration.pull} }}` } }
    call.inputs['comment'] = 'none'
  }
  const isScript = step.has('run')
  const directory =
    textUnder(step, 'working-directory', document) ??
    (isScript ? runDefault(job, 'working-directory', document) : undefined)
  if (directory !== undefined) own['working-directory'] ??= directory
  const keys = providerKeys[runtime] ?? []
  const secretNames = [...env].filter(([name, value]) => isSecret(value) && !keys.includes(name)).map(([name]) => name)
  const plain = [...env].filter(([name, value]) => !isSecret(value) && !keys.includes(name))
  // What looks like a secret by its name is masked, and cannot be passed on as a plain variable.
  const masked = plain.filter(([name, value]) => looksLikeCredential(name) && value !== '').map(([name]) => name)
  const plainNames = plain.filter(([name]) => !looksLikeCredential(name)).map(([name]) => name)
  for (const [name, value] of plain)
    if (looksLikeCredential(name) && value === '')
      remarks.push(`the variable ${name} was empty; the agent does not have it at all`)
  const secrets = [...new Set([...call.secrets, ...secretNames, ...masked])]
  const instance: Record<string, unknown> = {
    runtime,
    ...(liftAll(own, (text) => inputs.lift(text)) as object),
    ...(plainNames.length > 0 && { 'env-from': plainNames }),
    ...(secrets.length > 0 && { secrets }),
  }
  if (secrets.length > 0)
    remarks.push(
      `the agent is given ${secrets.join(', ')}, as before, and does not start where one is not set; take from \`secrets\` what it does not need`,
    )
  if (own['prompt-file'] !== undefined || typeof own['output-schema'] === 'string')
    remarks.push('on pull requests the files that are named here are read at the base commit, not from the checkout')
  if (inputs.secrets.length > 0) {
    remarks.push(`the text of the agent reads a secret (${inputs.secrets.join(', ')}): the model sees it`)
    inputs.secrets.length = 0
  }
  const lifted = inputs.take()
  const condition = joinConditions(textUnder(step, 'if', document), call.condition)
  const kept = commentsIn(step.get('with', true)).concat(commentsIn(pairOf(step, 'run')?.value))
  const what = textUnder(step, 'uses', document) ?? 'a script'
  const envNode = resolved(step.get('env', true), document)
  freeAliases(document, [step.get('with', true), step.get('env', true), step.get('run', true)])
  for (const key of ['uses', 'run', 'shell', 'with', 'working-directory', 'env']) step.delete(key)
  if (condition !== undefined) put(step, 'if', condition, document)
  if (call.answerFile !== undefined && textUnder(step, 'id', document) === undefined) put(step, 'id', id, document)
  put(step, 'uses', action, document)
  step.set(
    'with',
    document.createNode({
      config,
      only: id,
      install: `${runtime}@${call.version ?? versions[runtime] ?? ''}`,
      ...(lifted.length > 0 && {
        inputs: lifted.map(([name, source]) => `${name}: \${{ toJSON(${source}) }}`).join('\n'),
      }),
      comment: 'none',
      ...(migration.isOpen && { allowed: 'write' }),
      ...call.inputs,
    }),
  )
  setEnv(step, envNode, call.env, document)
  if (!call.asksAccess && migration.isOpen)
    remarks.push(
      'who causes it must have write access to the repository where anyone can cause the event (`allowed: write`)',
    )
  commentAbove(step, [`Was ${what}; the agent is \`${id}\` in ${config}.`])
  if (call.answerFile !== undefined)
    addAnswerFile(step, job, { file: call.answerFile, directory: isScript ? directory : undefined, id }, document)
  migration.instances[id] = instance
  const lines = [...remarks.map(asSentence), ...kept.map((line) => `In the workflow: ${line}`)]
  if (lines.length > 0) migration.comments.push({ path: ['instances', id], text: lines.join('\n') })
  return remarks
}

function setEnv(
  step: YAMLMap,
  given: Node | undefined,
  added: Readonly<Record<string, string>>,
  document: Document,
): void {
  if (given === undefined && Object.keys(added).length === 0) return
  const env = (given?.clone() ?? document.createNode({})) as YAMLMap
  delete (env as { anchor?: string }).anchor
  for (const [name, value] of Object.entries(added)) put(env, name, value, document)
  step.set('env', env)
}

/** A step that writes the answer where the program wrote it. */
function addAnswerFile(
  step: YAMLMap,
  job: YAMLMap,
  { file, directory, id }: { readonly file: string; readonly directory: string | undefined; readonly id: string },
  document: Document,
): void {
  const steps = resolved(job.get('steps', true), document) as { items: unknown[] } | undefined
  const at = steps?.items.findIndex((item) => resolved(item, document) === step) ?? -1
  const name = textUnder(step, 'id', document) ?? id
  const condition = textUnder(step, 'if', document)
  const write = document.createNode({
    name: `Write the answer to ${file}`,
    ...(condition !== undefined && { if: condition }),
    run: 'printf \'%s\\n\' "$ANSWER" > "$FILE"',
    shell: 'bash',
    ...(directory !== undefined && { 'working-directory': directory }),
    env: { ANSWER: `\${{ steps.${name}.outputs.final-message }}`, FILE: file },
  })
  if (at >= 0) steps?.items.splice(at + 1, 0, write)
}

function joinConditions(own: string | undefined, other: string | undefined): string | undefined {
  if (other === undefined) return own
  if (own === undefined) return other
  return `(${own.replace(/^\s*\$\{\{([^]*)\}\}\s*$/, '$1').trim()}) && (${other})`
}

function liftAll(value: unknown, lift: (text: string) => string): unknown {
  if (typeof value === 'string') return lift(value)
  if (Array.isArray(value)) return value.map((item) => liftAll(item, lift))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, liftAll(item, lift)]))
}

/** Renames what later steps and the job read of a step's outputs; gives what has no counterpart. */
export function renameOutputs(
  job: YAMLMap,
  step: string,
  instance: string,
  outputs: Readonly<Record<string, string>>,
): { readonly at: YAMLMap; readonly why: string }[] {
  const lost: { at: YAMLMap; why: string }[] = []
  const escaped = step.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  const read = new RegExp(
    String.raw`\bsteps\s*(?:\.\s*${escaped}|\[\s*'${escaped}'\s*\])\s*\.\s*outputs\s*(?:\.\s*([\w-]+)|\[\s*'([^']+)'\s*\])`,
    'g',
  )
  const ours = /^(?:result|verdict|outputs|final-message|failed|total-tokens|cost-usd|run-dir)$/
  rewriteTexts(job, (text) =>
    text.includes('steps')
      ? text.replaceAll(read, (whole, plain: string | undefined, quoted: string | undefined) => {
          const name = plain ?? quoted ?? ''
          const now = Object.hasOwn(outputs, name) ? outputs[name] : undefined
          if (now !== undefined) return now.replaceAll('ID', step).replaceAll('INSTANCE', instance)
          if (!ours.test(name))
            lost.push({ at: job, why: `the output \`${name}\` of the step ${step} is read, and has no counterpart` })
          return whole
        })
      : text,
  )
  return lost.filter(({ why }, index) => lost.findIndex((other) => other.why === why) === index)
}
