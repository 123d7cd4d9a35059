import type { Reference } from '../expression/check.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { Draft } from './draft.ts'
import type { ExpressionPlace } from './expression-places.ts'

/** Parts of `github` that a stranger writes, besides the whole of `github.event`. */
const strangersWords: ReadonlySet<string> = new Set([
  'event',
  'head_ref',
  'ref_name',
  'ref',
  'actor',
  'triggering_actor',
])

/**
 * Refuses expressions in a script or an argv over what a model or a stranger may have written: the text would become
 * part of the program. The hint shows the way through the environment.
 */
export function checkInjection(
  draft: Draft,
  place: ExpressionPlace,
  references: readonly Reference[],
  env: ReadonlyMap<string, unknown>,
  diagnostics: Diagnostics,
): void {
  for (const { context, path, offset, length } of references) {
    if (!isForeign(draft, context, path, env)) continue
    const source = sourceOf(context, path)
    const variable = variableOf(context, path)
    const isScript = draft.entry.run !== undefined
    diagnostics.error(
      'script-injection',
      `\`${source}\` would become part of the ${isScript ? 'script' : 'command'}, whatever it contains`,
      place.rangeOf(offset, length),
      { hint: hint(draft, source, variable, isScript) },
    )
  }
}

function isForeign(draft: Draft, context: string, path: readonly string[], env: ReadonlyMap<string, unknown>): boolean {
  switch (context) {
    case 'needs':
    case 'previous':
    case 'previous-round':
    case 'inputs':
      return true
    case 'changes':
      // Names of files are whatever somebody called them; commits, counts and answers are ours.
      return path[0] === undefined || path[0].toLowerCase() === 'files'
    case 'env':
      // The file's own variables are written in it; what the step has may be anyone's words.
      return path[0] === undefined || !env.has(path[0])
    case 'github':
      return path[0] === undefined || strangersWords.has(path[0].toLowerCase())
    case 'matrix':
      // The values of a static matrix are written in the file, those of a dynamic one come from an instance.
      return draft.matrix === undefined
    default:
      return false
  }
}

function sourceOf(context: string, path: readonly string[]): string {
  return path.reduce(
    (source, name) => (/^[A-Za-z_][\w-]*$/.test(name) ? `${source}.${name}` : `${source}['${name}']`),
    context,
  )
}

/** `needs.diff.text` → `DIFF_TEXT`, `github.event.issue.title` → `ISSUE_TITLE`, `inputs.base` → `BASE`. */
function variableOf(context: string, path: readonly string[]): string {
  const words = context === 'github' && path[0] === 'event' ? path.slice(1) : path
  const meaningful = words.filter((word) => word !== 'outputs')
  const name = (context.startsWith('previous') || meaningful.length === 0 ? [context, ...meaningful] : meaningful)
    .join('_')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()
  return /^\d/.test(name) ? `_${name}` : name
}

function hint(draft: Draft, source: string, variable: string, isScript: boolean): string {
  const { runtime } = draft.entry
  const value = source.includes('.') ? source : `toJSON(${source})`
  const entry = `\`env: { ${variable}: "\${{ ${value} }}" }\``
  const use =
    runtime === 'python'
      ? `os.environ["${variable}"]`
      : runtime === 'node'
        ? ['process', 'env', variable].join('.')
        : `"$${variable}"`
  if (isScript) return `Pass it through the environment, ${entry}, and use \`${use}\` in the script.`
  return `Pass it through the environment, ${entry}, and use a \`run\` script with \`"$${variable}"\`.`
}
