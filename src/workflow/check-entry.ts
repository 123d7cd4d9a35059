import { closestName } from '../core/closest-name.ts'
import { foldTemplate } from '../expression/fold.ts'
import { hasExpression } from '../expression/template.ts'
import { checkPaths } from './changes-use.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { Origins, Plain } from './origins.ts'
import type { InstanceEntry } from './schema-instance.ts'

/** Keys that say what an instance does. */
const actionKeys = ['prompt', 'prompt-file', 'run', 'command', 'sequence', 'parallel'] as const

/** Keys a group may have; the others are those of processes. */
const groupKeys: ReadonlySet<string> = new Set([
  'id',
  'name',
  'description',
  'needs',
  'join',
  'if',
  'paths',
  'paths-ignore',
  'strategy',
  'repeat',
  'outputs',
  'continue-on-error',
  'budget',
  'sequence',
  'parallel',
  'env',
  'workspace',
  'apply',
  'allow-paths',
  'effects',
])

/** Keys that only make sense beside another kind of action. */
const promptOnly = ['attach', 'requires', 'agent', 'split', 'session'] as const

const matrixRead = /\$\{\{\s*matrix\.[A-Za-z_][\w-]*\s*\}\}/g

/** What others call an action: who writes it has been told already. */
const foreignActions: ReadonlySet<string> = new Set(['steps', 'stages', 'tasks', 'uses', 'script', 'exec', 'cmd'])

function looksLikeAction(key: string): boolean {
  return foreignActions.has(key) || closestName(key, actionKeys) !== undefined
}

/** Checks the keys of one entry against each other: what the schema cannot say, or not kindly. */
export function checkEntry(
  entry: InstanceEntry,
  owner: Plain,
  ownerKey: string | number,
  inMatrix: boolean,
  origins: Origins,
  diagnostics: Diagnostics,
): void {
  const actions = actionKeys.filter((key) => Object.hasOwn(entry, key))
  const [action, second] = actions
  const isGroup = action === 'sequence' || action === 'parallel'
  const label = typeof ownerKey === 'string' ? `\`${ownerKey}\`` : 'this instance'
  if (action === undefined && !Object.keys(entry).some(looksLikeAction))
    diagnostics.error('no-action', `${label} does nothing`, origins.ofKey(owner, ownerKey), {
      hint: 'Give it one of `prompt`, `prompt-file`, `run`, `command`, `sequence` and `parallel`.',
    })
  else if (action !== undefined && second !== undefined)
    conflict(action, second, 'Keep one of them; to run one before the other, make them steps of a `sequence`.')
  for (const key of ['prompt', 'run'] as const) {
    const text = entry[key]
    if (typeof text === 'string' && foldTemplate(text).trim() === '') reportBlank(key, `\`${key}\` is empty`)
  }
  if (typeof entry.command?.[0] === 'string' && foldTemplate(entry.command[0]).trim() === '')
    reportBlank('command', 'the program of `command` is empty')
  for (const key of ['sequence', 'parallel'] as const) {
    const members = entry[key]
    if (members !== undefined && Object.keys(members).length === 0) reportBlank(key, `\`${key}\` has no members`)
  }
  if (typeof ownerKey === 'string' && entry.id !== undefined)
    diagnostics.error('id-in-map', 'the key is already the id', origins.ofKey(entry, 'id'), {
      hint: 'Remove `id`; use `name` to change how reports show it.',
    })
  if (entry.name !== undefined && hasExpression(inMatrix ? entry.name.replaceAll(matrixRead, '') : entry.name))
    diagnostics.error(
      'expression-not-allowed',
      '`name` cannot contain this expression',
      origins.ofValue(entry, 'name'),
      {
        hint: 'It can only contain matrix values: `${{ matrix.x }}`.',
      },
    )
  if (entry.agent !== undefined && entry.requires !== undefined)
    conflict('agent', 'requires', '`agent` names an agent; `requires` picks one by its capabilities.')
  if (entry.instructions !== undefined && entry['instructions-file'] !== undefined)
    conflict('instructions', 'instructions-file', 'Keep one of them.')
  if (entry.split !== undefined && entry.strategy?.matrix !== undefined)
    diagnostics.error('conflicting-keys', '`split` cannot be combined with a matrix', origins.ofKey(entry, 'split'), {
      hint: 'Each part of the diff is a cell already; put the matrix on a group around it.',
    })
  checkPaths(entry, origins, diagnostics)
  if (entry.repeat !== undefined && action !== undefined && action !== 'sequence')
    diagnostics.error(
      'repeat-without-sequence',
      `\`repeat\` is for a \`sequence\`, this is a \`${action}\``,
      origins.ofKey(entry, 'repeat'),
      {
        hint: isGroup
          ? 'Make the group a step of a `sequence` and repeat that.'
          : 'Make the instance a step of a `sequence`; to try a failed attempt again, use `retry`.',
      },
    )
  if (isGroup) checkGroup()
  else if (action !== undefined) checkProcess(action)

  function reportBlank(key: keyof InstanceEntry, message: string): void {
    diagnostics.error('empty-action', message, origins.ofKey(entry, key), {
      hint: 'Nothing would be done, and the instance would still succeed.',
    })
  }

  function checkGroup(): void {
    const { strategy } = entry
    if (strategy?.['max-instances'] !== undefined && strategy.matrix === undefined)
      diagnostics.error('no-matrix', '`max-instances` needs a `matrix`', origins.ofKey(strategy, 'max-instances'), {
        hint: 'It limits how many instances of a matrix run; `max-parallel` limits how many members run at once.',
      })
    if (entry.repeat !== undefined && entry.workspace === 'worktree')
      diagnostics.error(
        'repeat-in-worktree',
        '`repeat` and `workspace: worktree` cannot be combined',
        origins.ofKey(entry, 'repeat'),
        {
          hint: 'Put the repeated sequence into a `sequence` with `workspace: worktree`: its rounds share the worktree.',
        },
      )
    for (const key of ['apply', 'allow-paths', 'effects'] as const)
      if (entry[key] !== undefined && entry.workspace !== 'worktree')
        diagnostics.error(
          key === 'effects' ? 'effect-without-worktree' : 'apply-without-worktree',
          `\`${key}\`${key === 'effects' ? ' of a group' : ''} needs \`workspace: worktree\``,
          origins.ofKey(entry, key),
          { hint: key === 'effects' ? 'Put it on a member, or give the group a worktree of its own.' : undefined },
        )
    const pull = entry.effects?.['pull-request']
    if (pull !== undefined && pull.title === undefined)
      diagnostics.error('missing-key', '`title` is missing', origins.ofKey(entry.effects ?? {}, 'pull-request'), {
        hint: 'A group has no answer that could give its pull request a title.',
      })
    const { 'pull-request': _, push: __, ...others } = entry.effects ?? {}
    for (const key of Object.keys(others))
      diagnostics.error(
        'not-for-groups',
        `a group cannot have \`effects.${key}\``,
        origins.ofKey(entry.effects ?? {}, key),
        { hint: 'A group has no answer that could ask for it: put it on the member that answers.' },
      )
    for (const key of Object.keys(entry))
      if (!groupKeys.has(key))
        diagnostics.error('not-for-groups', `a group cannot have \`${key}\``, origins.ofKey(entry, key), {
          hint:
            key === 'agent' || key === 'runtime'
              ? 'Put it on the members, or in `defaults`.'
              : 'Put it on the members.',
        })
  }

  function checkProcess(kind: string): void {
    const isPrompt = kind === 'prompt' || kind === 'prompt-file'
    const { strategy } = entry
    if (
      strategy !== undefined &&
      entry.split === undefined &&
      strategy.matrix === undefined &&
      !Object.hasOwn(strategy, 'matrix')
    )
      diagnostics.error('no-matrix', '`strategy` has no `matrix`', origins.ofKey(entry, 'strategy'), {
        hint: 'Without a matrix, `strategy` is only for groups.',
      })
    for (const key of promptOnly)
      if (!isPrompt && entry[key] !== undefined)
        diagnostics.error(
          'only-for-prompts',
          `\`${key}\` is for prompts, this is a \`${kind}\``,
          origins.ofKey(entry, key),
        )
    if (isPrompt && entry.parse !== undefined)
      diagnostics.error('not-for-prompts', '`parse` is for commands, this is a prompt', origins.ofKey(entry, 'parse'), {
        hint: "An agent's answer is `result.text`, and with `output-schema` also `result.json`.",
      })
    if (kind !== 'run' && entry.shell !== undefined)
      diagnostics.error(
        'only-for-scripts',
        `\`shell\` is for \`run\`, this is a \`${kind}\``,
        origins.ofKey(entry, 'shell'),
      )
    if (entry.apply === true && entry.workspace !== undefined && entry.workspace !== 'worktree')
      diagnostics.error('apply-without-worktree', '`apply` needs `workspace: worktree`', origins.ofKey(entry, 'apply'))
  }

  function conflict(first: keyof InstanceEntry, second: keyof InstanceEntry, hint: string): void {
    const [one, other] = [origins.ofKey(entry, first), origins.ofKey(entry, second)]
    const [earlier, later] = one.start.offset <= other.start.offset ? [one, other] : [other, one]
    diagnostics.error('conflicting-keys', `\`${first}\` and \`${second}\` cannot be combined`, later, {
      hint,
      notes: [{ message: 'the other one is here', range: earlier }],
    })
  }
}
