import { closestName } from '../core/closest-name.ts'
import {
  changesProperties,
  instanceProperties,
  linkProperties,
  roundProperties,
  runProperties,
} from './context-names.ts'
import type { ContextRead, PathStep } from './survey.ts'
import type { ExpressionIssue } from './template.ts'

/** What is known of an upstream before it has run. */
export interface NeedShape {
  /** Names of its declared outputs; `unknown` where it may set others. */
  readonly outputs: ReadonlySet<string> | 'unknown'
  /** Keys of a group's members; `unknown` for a matrix that is expanded while running. */
  readonly members?: ReadonlySet<string> | 'unknown'
  /** What each cell of a matrix is; absent: as the matrix, its members unchecked. */
  readonly cell?: NeedShape
  /** Whether it is a matrix and so has `all`; absent: not checked. */
  readonly matrix?: boolean
  /** Whether it is a run of another orchestration. */
  readonly linked?: true
}

/** What the paths of an expression are held against; absent: not checked. */
export interface ReadScope {
  readonly needs?: ReadonlyMap<string, NeedShape>
  readonly inputs?: ReadonlySet<string>
  readonly matrix?: ReadonlySet<string> | 'unknown'
  /** The members of the repeated group around it. */
  readonly round?: ReadonlySet<string>
}

type NamedStep = Extract<PathStep, { kind: 'name' }>

/** The first step of a path that names what is not there; undefined when every step can be, or cannot be known. */
export function checkRead(read: ContextRead, scope: ReadScope): ExpressionIssue | undefined {
  const [first, ...rest] = read.steps
  if (first === undefined) return undefined
  switch (read.context) {
    case 'needs':
      return checkNeeds(first, rest, scope.needs)
    case 'previous':
    case 'result':
      return checkInstance(anyShape, read.context, read.steps)
    case 'previous-round':
      return checkRound(first, rest, scope.round)
    case 'inputs':
      return scope.inputs && checkName('input', 'input', first, scope.inputs)
    case 'matrix':
      return scope.matrix === 'unknown'
        ? undefined
        : scope.matrix && checkName('matrix-key', 'matrix key', first, scope.matrix)
    case 'run':
      return checkName('property', 'property of `run`', first, runProperties)
    case 'changes':
      if (first.kind === 'name' && first.name.toLowerCase() === 'matches')
        return {
          code: 'unknown-property',
          message: '`changes.matches` is a function',
          offset: first.offset,
          length: first.length,
          hint: "Call it: `changes.matches('src/**')`.",
        }
      return checkName('property', 'property of `changes`', first, changesProperties)
    default:
      return undefined
  }
}

/** An issue about a name that is not there, with the nearest that is, or with all of them where they are few. */
export function unknown(
  what: string,
  message: string,
  name: string,
  candidates: Iterable<string>,
  place: { readonly offset: number; readonly length: number },
): ExpressionIssue {
  const known = [...candidates]
  const closest = closestName(name, known)
  const hint =
    closest !== undefined
      ? `Did you mean \`${closest}\`?`
      : known.length > 0 && known.length <= 20
        ? `Known: ${known.map((candidate) => `\`${candidate}\``).join(', ')}.`
        : undefined
  return { code: `unknown-${what}`, message, ...place, ...(hint !== undefined && { hint }) }
}

const anyShape: NeedShape = { outputs: 'unknown' }

function checkNeeds(
  first: PathStep,
  rest: readonly PathStep[],
  needs: ReadonlyMap<string, NeedShape> | undefined,
): ExpressionIssue | undefined {
  if (first.kind !== 'name') return checkInstance(anyShape, 'needs.*', rest)
  if (needs === undefined) return checkInstance(anyShape, `needs.${first.name}`, rest)
  const shape = find(needs, first.name)
  if (shape !== undefined) return checkInstance(shape, `needs.${first.name}`, rest)
  const issue = unknown(
    'instance',
    `\`${first.name}\` is not in the \`needs\` of this instance`,
    first.name,
    needs.keys(),
    first,
  )
  const dotted = rest[0]?.kind === 'name' ? `${first.name}.${rest[0].name}` : undefined
  if (dotted !== undefined && needs.has(dotted)) return { ...issue, hint: `Write \`needs['${dotted}']\`.` }
  const add = `Add \`${first.name}\` to \`needs\`.`
  return { ...issue, hint: issue.hint?.startsWith('Did') === true ? issue.hint : add }
}

/** `path` names the instance in messages; `steps` follow it. */
function checkInstance(shape: NeedShape, path: string, steps: readonly PathStep[]): ExpressionIssue | undefined {
  const [property, next, ...rest] = steps
  if (property?.kind !== 'name') return undefined
  const wrong = checkName(
    'property',
    `property of \`${path}\``,
    property,
    shape.linked ? linkProperties : instanceProperties,
  )
  if (wrong !== undefined) return wrong
  const name = property.name.toLowerCase()
  const place = { offset: property.offset, length: property.length }
  if (name === 'all') {
    if (shape.matrix === false)
      return { code: 'unknown-property', message: `\`${path}\` is not a matrix and has no \`all\``, ...place }
    return next === undefined ? undefined : checkInstance(shape.cell ?? shape, `${path}.all[*]`, rest)
  }
  if (name === 'instances') {
    if (shape.members === undefined)
      return shape === anyShape
        ? undefined
        : { code: 'unknown-property', message: `\`${path}\` is not a group and has no \`instances\``, ...place }
    if (next === undefined) return undefined
    const missing =
      next.kind === 'name' && shape.members !== 'unknown'
        ? checkName('instance', `member of \`${path}\``, next, shape.members)
        : undefined
    return (
      missing ??
      checkInstance(shape.cell ?? anyShape, `${path}.instances.${next.kind === 'name' ? next.name : '*'}`, rest)
    )
  }
  if (name === 'outputs' && next?.kind === 'name' && shape.outputs !== 'unknown')
    return checkName('output', `output of \`${path}\``, next, shape.outputs)
  return undefined
}

function checkRound(
  first: PathStep,
  [member, ...rest]: readonly PathStep[],
  members: ReadonlySet<string> | undefined,
): ExpressionIssue | undefined {
  const wrong = checkName('property', 'property of `previous-round`', first, roundProperties)
  if (wrong !== undefined) {
    const isMember = first.kind === 'name' && members?.has(first.name) === true
    return isMember ? { ...wrong, hint: `Write \`previous-round.instances.${first.name}\`.` } : wrong
  }
  if (member === undefined || first.kind !== 'name' || first.name.toLowerCase() !== 'instances') return undefined
  const path = `previous-round.instances.${member.kind === 'name' ? member.name : '*'}`
  return (
    (members && checkName('instance', 'member of `previous-round`', member, members)) ??
    checkInstance(anyShape, path, rest)
  )
}

function checkName(
  what: string,
  description: string,
  step: PathStep,
  known: ReadonlySet<string>,
): ExpressionIssue | undefined {
  if (step.kind !== 'name' || known.has(step.name)) return undefined
  const lower = step.name.toLowerCase()
  for (const name of known) if (name.toLowerCase() === lower) return undefined
  return unknown(what, noSuch(description, step), step.name, known, { offset: step.offset, length: step.length })
}

function noSuch(description: string, { name }: NamedStep): string {
  const [kind, of] = description.split(' of ', 2)
  return of === undefined ? `unknown ${description} \`${name}\`` : `${of} has no ${kind} \`${name}\``
}

function find<T>(map: ReadonlyMap<string, T>, name: string): T | undefined {
  const exact = map.get(name)
  if (exact !== undefined) return exact
  const lower = name.toLowerCase()
  for (const [key, value] of map) if (key.toLowerCase() === lower) return value
  return undefined
}
