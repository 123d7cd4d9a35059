import { showProblems } from './check.ts'
import { planFile, planObeyed, type ObeyedFiles, type Planned } from './plan.ts'
import { lazyApi, type ActionStep } from './step.ts'
import { builtinCommands, commandPrefix, type AskedCommand } from '../core/comment-commands.ts'
import { closestName } from '../core/closest-name.ts'
import type { Plan } from '../core/plan.ts'
import { type Api, describeApiError, isHidden } from '../github/api.ts'
import { accessOf } from '../github/ask-access.ts'
import { commentMarker, commentStart } from '../github/comment-key.ts'
import { isPersonalToken } from '../github/comment-target.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { answerCommit, listReportedRuns, reactTo, type ConversationRun } from '../github/conversation.ts'
import { explainRefusal, writeComment, type CommentTarget } from '../github/sticky-comment.ts'
import { codeSpan, escapeMarkdown, fence } from '../report/markdown-text.ts'

/** What comes of a command: a run with these inputs, or that all is done. */
export type Obeyed = { readonly inputs: ActionInputs } | { readonly ending: 0 | 1 }

/** What a command came to. `isDone`: it was carried out. */
interface Answer {
  readonly isDone: boolean
  /** Markdown of ours. */
  readonly text: string
}

/**
 * Does what a comment asks for by `/orchestrate …`, as far as whoever wrote it may: acknowledged by a reaction, answered in one comment of the conversation, what
 * cannot be done as well as what was. A command that runs something only says with which inputs.
 */
export async function obeyCommand(
  step: ActionStep,
  inputs: ActionInputs,
  asked: AskedCommand,
  files: ObeyedFiles,
  signal: AbortSignal,
): Promise<Obeyed> {
  const { commands, context } = step
  const connect = lazyApi(step, inputs.token)
  const { repository } = context
  if (connect === undefined || repository === undefined) {
    commands.annotate('error', `\`${commandPrefix}\` needs a \`github-token\`.`)
    return { ending: 1 }
  }
  const target: CommentTarget = {
    owner: repository.owner,
    repo: repository.name,
    number: asked.subject,
    graphqlUrl: context.graphqlUrl,
    isPersonal: isPersonalToken(inputs.token),
  }
  const api = await connect()
  const planned = await planObeyed(inputs, files)
  const around: Around = { step, inputs, api, target, plan: planned.plan, signal }
  const refusal = await refuseFor(asked, around)
  const isRun = refusal === undefined && planned.plan !== undefined && isRunCommand(asked, planned.plan)
  const wanted = isRun
    ? await runInputs(asked, inputs, planned.plan, (given) => planFile(step, given, files))
    : undefined
  const starts = wanted !== undefined && !('isDone' in wanted)
  const answer = refusal ?? (starts ? startsOf(asked, around) : (wanted ?? (await carryOut(asked, around))))
  if (planned.plan === undefined) showProblems(step, planned)
  let isAnswered = true
  try {
    await reactTo(api, target, asked.id, answer === undefined || answer.isDone ? 'eyes' : 'confused', signal)
    if (answer !== undefined) await reply(asked, answer, around)
  } catch (error) {
    isAnswered = false
    commands.annotate('warning', explainRefusal(error), { title: 'The command was not answered' })
  }
  if (starts) return { inputs: wanted }
  if (answer !== undefined) commands.print(`${asked.actor}: ${asked.name}: ${answer.text}\n`)
  const isBroken = planned.plan === undefined && refusal === undefined && asked.name !== 'help'
  return { ending: isAnswered && !isBroken ? 0 : 1 }
}

/** What commands are carried out with. */
interface Around {
  readonly step: ActionStep
  readonly inputs: ActionInputs
  readonly api: Api
  readonly target: CommentTarget
  /** Undefined where the file has mistakes. */
  readonly plan: Plan | undefined
  readonly signal: AbortSignal
}

function isRunCommand({ name }: AskedCommand, { commands = {} }: Plan): boolean {
  return name === 'run' || Object.hasOwn(commands, name)
}

/** Why the person may not; undefined where they may. */
async function refuseFor(
  asked: AskedCommand,
  { step, inputs, plan, api, signal }: Around,
): Promise<Answer | undefined> {
  const { actor, isBot, name } = asked
  const { actors, bots } = inputs.allowed
  const same = (one: string): boolean =>
    one.toLowerCase().replace(/\[bot\]$/, '') === actor.toLowerCase().replace(/\[bot\]$/, '')
  if ((isBot ? bots : actors).some(same)) return undefined
  const who = codeSpan(actor)
  if (isBot) return refused(`${who} is a bot that is not listed in the step’s \`allowed-bots\`.`)
  const { commands = {} } = plan ?? {}
  const needed = Object.hasOwn(commands, name) ? (commands[name]?.access ?? 'write') : 'write'
  const access = await accessOf(actor, {
    repository: step.context.repository,
    connect: () => Promise.resolve(api),
    signal,
  })
  if (typeof access === 'object')
    return refused(`Whether ${who} has write access here is unknown: ${escapeMarkdown(access.unknown)}.`)
  if (access === 'admin' || access === needed) return undefined
  return refused(`${who} has no ${needed} access to this repository.`)
}

function refused(text: string): Answer {
  return { isDone: false, text }
}

/** The inputs of the run that is asked for, or why there is none. */
async function runInputs(
  { name, args }: AskedCommand,
  inputs: ActionInputs,
  { commands = {}, instances }: Plan,
  compile: (given: ActionInputs) => Promise<Planned>,
): Promise<ActionInputs | Answer> {
  const own = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (own !== undefined && args.length > 0)
    return refused(`${codeSpan(name)} takes no arguments; use \`run\` to name instances.`)
  const ids = own === undefined ? args : (own.only ?? [])
  const known = instances.filter(({ parent, kind }) => parent === undefined && kind !== 'gate').map(({ id }) => id)
  const unknown = ids.filter((id) => !instances.some((instance) => instance.id === id))
  if (unknown.length > 0) {
    const near = closestName(unknown[0] ?? '', known)
    const hint = near === undefined ? '' : ` Did you mean ${codeSpan(near)}?`
    return refused(
      `There is no instance ${unknown.slice(0, 5).map(codeSpan).join(', ')}.${hint} There are: ${known.slice(0, 50).map(codeSpan).join(', ')}.`,
    )
  }
  const given: ActionInputs = {
    ...inputs,
    only: ids.length > 0 ? ids : inputs.only,
    ...(own?.inputs !== undefined && { commandInputs: own.inputs }),
  }
  const { plan, problems, diagnostics } = await compile(given)
  if (plan !== undefined) return given
  const why = [...problems, ...diagnostics.map(({ message }) => message)].slice(0, 10)
  return refused(`It cannot run:\n\n${why.map((each) => `- ${escapeMarkdown(each)}`).join('\n')}`)
}

/** A pull request has the run's own comment, which says how it goes on; an issue has none. */
function startsOf({ isPullRequest }: AskedCommand, { step, inputs, plan }: Around): Answer | undefined {
  if (isPullRequest && (inputs.comment ?? plan?.report.comment) !== 'none') return undefined
  return {
    isDone: true,
    text: `Started: [its result](${step.context.runUrl}) is in the summary of its workflow run.`,
  }
}

async function carryOut(asked: AskedCommand, around: Around): Promise<Answer> {
  const { plan } = around
  try {
    switch (asked.name) {
      case 'help':
        return { isDone: true, text: helpOf(plan) }
      case 'plan':
        return plan === undefined ? brokenFile(around) : { isDone: true, text: await showPlan(plan) }
      case 'status':
        return await status(around)
      case 'cancel':
        return await cancel(around)
      case 'retry':
        return await retry(around)
      default:
        return plan === undefined ? brokenFile(around) : unknownCommand(asked, plan)
    }
  } catch (error) {
    return refused(`That did not work: ${escapeMarkdown(describeApiError(error))}.${remedyOf(error)}`)
  }
}

function brokenFile({ inputs }: Around): Answer {
  return refused(
    `The orchestration file ${codeSpan(inputs.config[0] ?? '')} has mistakes; the log of this run names them.`,
  )
}

function unknownCommand({ name }: AskedCommand, plan: Plan | undefined): Answer {
  const near = closestName(name, [...Object.keys(builtinCommands), ...Object.keys(plan?.commands ?? {})])
  const hint = near === undefined ? '' : ` Did you mean ${codeSpan(near)}?`
  return refused(`There is no command ${codeSpan(name)}.${hint}\n\n${helpOf(plan)}`)
}

function helpOf(plan: Plan | undefined): string {
  const own = Object.entries(plan?.commands ?? {}).map(([name, { description, only, access }]) => {
    const what =
      description === undefined
        ? `runs ${(only ?? ['the file']).map(escapeMarkdown).join(', ')}`
        : escapeMarkdown(description)
    return `- \`${commandPrefix} ${name}\`: ${what}${access === 'admin' ? ' (for people with admin access)' : ''}`
  })
  const all = Object.entries(builtinCommands).map(
    ([name, what]) => `- \`${commandPrefix} ${name}${name === 'run' ? ' [INSTANCE…]' : ''}\`: ${what}`,
  )
  return `Commands, for people with write access here:\n\n${[...own, ...all].join('\n')}`
}

async function showPlan(plan: Plan): Promise<string> {
  const { renderPlanText } = await import('../report/plan-text.ts')
  const text = renderPlanText(plan)
  return fence(text.length > 30_000 ? `${text.slice(0, 30_000)}\n…` : text)
}

async function status({ api, target, signal }: Around): Promise<Answer> {
  const runs = await listReportedRuns(api, target, signal)
  if (runs.length === 0) return { isDone: true, text: 'No run has reported to this conversation yet.' }
  const lines = runs.map(
    (run) =>
      `- [run ${run.id}.${run.attempt}](${run.url}), ${codeSpan(run.event)}: ${standing(run)}, [its report](${run.comment})`,
  )
  return { isDone: true, text: lines.join('\n') }
}

function standing({ status: now, conclusion }: ConversationRun): string {
  return escapeMarkdown(conclusion ?? now)
}

async function cancel({ api, target, signal, step }: Around): Promise<Answer> {
  const runs = await listReportedRuns(api, target, signal)
  const going = runs.filter(({ status: now, id }) => now !== 'completed' && String(id) !== step.context.runId)
  if (going.length === 0)
    return refused(
      'Nothing of this conversation is running, or it has not reported yet (which a run does within ten seconds).',
    )
  for (const { id } of going)
    await api(
      'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel',
      { owner: target.owner, repo: target.repo, run_id: id },
      signal,
    )
  return { isDone: true, text: `Cancelled: ${going.map(({ id, url }) => `[run ${id}](${url})`).join(', ')}.` }
}

async function retry({ api, target, signal }: Around): Promise<Answer> {
  const [newest] = await listReportedRuns(api, target, signal)
  if (newest === undefined) return refused('No run has reported to this conversation yet; `run` starts one.')
  const { id, url } = newest
  const name = `[run ${id}](${url})`
  if (newest.status !== 'completed') return refused(`The newest, ${name}, has not ended.`)
  if (newest.conclusion === 'success')
    return refused(`Nothing failed in the newest, ${name}; \`run\` starts another one.`)
  await api(
    'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs',
    { owner: target.owner, repo: target.repo, run_id: id },
    signal,
  )
  return { isDone: true, text: `The failed jobs of ${name} run again.` }
}

function remedyOf(error: unknown): string {
  if (isHidden(error) && error.route.includes('/actions/'))
    return ' The job needs `permissions: actions: write` for `retry` and `cancel`, `actions: read` for `status`.'
  return ''
}

/** One comment of the conversation has the newest answer. */
async function reply(
  asked: AskedCommand,
  { text, isDone }: Answer,
  { step, inputs, api, target, signal }: Around,
): Promise<void> {
  const { workflow, job, runId, runAttempt, runUrl } = step.context
  const start = commentStart({ workflow, job, name: 'answers to commands', key: inputs.commentKey })
  const position = { run: Number(runId), attempt: Number(runAttempt) }
  const words = [commandPrefix, asked.name, ...asked.args].join(' ')
  const body = [
    commentMarker(start, position, answerCommit),
    `${isDone ? '✅' : '❌'} ${codeSpan(words.slice(0, 200))}, asked by ${codeSpan(asked.actor)}`,
    text,
    `[Log](${runUrl})`,
  ]
  await writeComment(api, target, `${body.join('\n\n')}\n`, { start, position }, signal)
}
