import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { compile } from '../../src/workflow/compile.ts'
import { goldenRuntimes } from './golden-files.ts'
import { parseSchema } from './schema-root.ts'

interface Node {
  readonly $ref?: string
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly type?: string
  readonly unsupported?: boolean
  readonly properties?: Readonly<Record<string, Node>>
  readonly additionalProperties?: Node | boolean
  readonly items?: Node
  readonly anyOf?: readonly Node[]
}

const root = parseSchema<Node>()

function resolved(node: Node): Node {
  const name = node.$ref?.split('/').at(-1)
  return name === undefined ? node : { ...root.definitions[name], ...node }
}

/** Notes for whoever reads the file; nothing is to come of them. */
const notes = new Set(['description', 'agents.x.description', 'instances.x.description'])

/** Keys whose reading other tests show: `include` with files, `defaults` with instances, `id` in lists. */
const elsewhere = new Set(['include', 'defaults', 'instances.x.id'])

/** Every key that holds no further keys, `x` for names of the user's choice; what is unsupported is named in the schema and refused. */
function* leaves(node: Node, path: string, inGroup = false): Generator<readonly [string, Node]> {
  const shape = resolved(node)
  if (shape.unsupported === true) return
  const alternatives = shape.anyOf?.map(resolved) ?? [shape]
  const maps = alternatives.filter((of) => of.properties !== undefined)
  const named = alternatives.find((of) => typeof of.additionalProperties === 'object')
  if (path !== '' && alternatives.some((of) => of.properties === undefined && of !== named)) yield [path, shape]
  for (const map of maps)
    for (const [key, of] of Object.entries(map.properties ?? {})) {
      const inner = path === '' ? key : `${path}.${key}`
      // The keys of `defaults` are those of instances, and are found in the same way.
      if (notes.has(inner) || elsewhere.has(inner) || (inGroup && (key === 'sequence' || key === 'parallel'))) continue
      yield* leaves(of, inner, inGroup || key === 'sequence' || key === 'parallel')
    }
  if (named !== undefined && typeof named.additionalProperties === 'object' && !inGroup)
    yield* leaves(named.additionalProperties, `${path}.x`)
}

/** Values that might be right for a key, of which one must change the plan. */
function candidates(shape: Node): unknown[] {
  const alternatives = (shape.anyOf ?? [shape]).map(resolved)
  const own = alternatives.flatMap((of): unknown[] => {
    if (of.enum !== undefined) return [...of.enum]
    if (of.type === 'number' || of.type === 'integer') return [0.5, 1, 2, 7]
    if (of.type === 'boolean') return [true, false]
    if (of.type === 'array') {
      const item = of.items === undefined ? ['y', 1] : candidates(resolved(of.items))
      return [item.slice(0, 1), ...item.map((each) => [each])]
    }
    if (of.additionalProperties !== undefined && of.properties === undefined) return [{ y: 'z' }, { Y: ['z'] }]
    return []
  })
  return [
    ...own,
    'y',
    'always',
    '7s',
    '7MB',
    '7d',
    '9MB',
    'b',
    'files',
    'z',
    [{ run: 'c' }],
    [{ run: 'd' }],
    { one: { run: 'c' } },
    '22:00',
    'success()',
    'x',
    'codex',
    'label',
    'fork z',
    ['b'],
    ['y'],
    '${{ inputs.i }}',
    [{ model: 'opus' }],
    ['not-draft'],
    ['y:/z'],
    ['y.example'],
    [{ above: 7, input: 1, output: 1 }],
    { mcpServers: { y: { command: 'z' } } },
    { command: 'z' },
  ]
}

const inputs = { i: { default: 'y' } }
const instances: readonly Record<string, unknown>[] = [
  { prompt: 'hi' },
  { run: 'make' },
  { strategy: { matrix: { os: ['a', 'b'] } }, run: 'make' },
  { parallel: { one: { run: 'make' } } },
  { sequence: [{ run: 'make' }] },
  {},
]

/** Whole files in which the key may stand, each with what it is held against: the same without it. */
function* places(
  path: string,
): Generator<{ file: Record<string, unknown>; owner: Record<string, unknown>; key: string }> {
  const steps = path.split('.')
  for (const instance of instances) {
    const file: Record<string, unknown> = { inputs: structuredClone(inputs), agents: { y: { capabilities: ['z'] } } }
    file['instances'] = {
      b: { run: 'true' },
      c: { run: 'true' },
      m: { parallel: [{ run: 'a' }, { run: 'b' }] },
      x: structuredClone(instance),
      z: { prompt: 'hi' },
    }
    let owner = file
    for (const step of steps.slice(0, -1)) {
      const next = owner[step]
      owner = (typeof next === 'object' && next !== null ? next : (owner[step] = {})) as Record<string, unknown>
    }
    if (path.startsWith('agents.x')) Object.assign(Object(file['instances']).z, { agent: 'x' })
    if (path.startsWith('prices.x.')) Object.assign(owner, { input: 1, output: 1 })
    if (/budget\.(warn-at|on-exceeded|per)$/.test(path)) owner['tokens'] = 5
    if (/needs\.(?:when|delay|continue)/.test(path)) owner['instance'] = 'b'
    if (/needs\.(?:as|branch|max-age|optional)/.test(path)) owner['run'] = 'w.yml'
    if (/^(?:report|review)\./.test(path)) Object.assign(Object(file['instances']).z, { 'output-schema': 'findings' })
    if (path.startsWith('report.fail-on.') && !path.endsWith('severity')) owner['severity'] = 'high'
    if (path === 'report.fail-on.state') file['review'] = { verify: {} }
    if (path.startsWith('commands.x.inputs.')) Object.assign(Object(file['inputs']), { x: { default: 'z' } })
    if (path.includes('.join.')) Object.assign(owner, { 'at-least': 1 })
    if (path.includes('.join.')) Object.assign(Object(file['instances']).x, { needs: ['b', 'c'] })
    if (/needs\.(?:at-least|cancel-rest)/.test(path)) Object.assign(owner, { instance: 'm', 'at-least': 1 })
    if (path.includes('.split.')) Object.assign(Object(file['instances']).x, { attach: ['changes'] })
    if (path.includes('.repeat.')) Object.assign(owner, { until: 'success()', max: 3 })
    if (path.endsWith('inputs.x.options')) Object.assign(owner, { type: 'choice' })
    if (path.startsWith('runtimes.x.')) {
      const runtimes = Object(file['runtimes'])
      runtimes.x.command ??= ['x']
      if (path.startsWith('runtimes.x.parse.') && !path.endsWith('format')) runtimes.x.parse.format = 'json'
    }
    if (path.endsWith('concurrency.cancel-in-progress')) owner['group'] = 'g'
    if (/effects\.(?:push|pull-request)\./.test(path)) Object(file['instances']).x.workspace = 'worktree'
    if (path.startsWith('instances.') && path.includes('effects.labels.')) owner['allow'] = ['bug']
    if (path.includes('.container.')) owner['image'] = 'b'
    if (path.includes('.strategy.variant.')) Object(file['instances']).x.strategy.variant.z = {}
    // Its one key is `mcpServers`; under any other it holds nothing that could be read.
    if (path.endsWith('.mcp.x')) owner['mcpServers'] = { y: { command: 'z' } }
    if (path.includes('.memory.')) owner['name'] = 'notes'
    if (path.startsWith('instances.x.strategy.choose')) Object(file['instances']).x.strategy.variant = { x: {}, z: {} }
    if (path.endsWith('.session')) Object.assign(Object(file['instances']).x, { needs: ['z'] })
    if (path.includes('effects.dispatch.inputs.')) {
      const { x } = Object(file['instances'])
      const { effects } = path.includes('.variant.') ? x.strategy.variant.x : x
      Object.assign(effects?.dispatch ?? {}, { allow: ['ci.yml'] })
    } else if (path.startsWith('instances.') && path.includes('effects.dispatch.')) owner['allow'] = ['ci.yml']
    yield path.endsWith('.mcp.x')
      ? { file, owner: owner['mcpServers'] as Record<string, unknown>, key: 'x' }
      : { file, owner, key: steps.at(-1) ?? '' }
  }
}

const planOf = (file: unknown) => {
  const read = (): string => '{"type":"object"}'
  const { plan } = compile('text.yml', JSON.stringify(file), { read, runtimes: goldenRuntimes })
  return plan && JSON.stringify({ ...plan, source: null })
}

/** Whether some value of the key makes another plan than the file without it. */
function isRead(path: string, shape: Node): boolean {
  for (const { file, owner, key } of places(path)) {
    const had = Object.hasOwn(owner, key)
    const before = had ? undefined : planOf(file)
    const plans = new Set(before === undefined ? [] : [before])
    for (const value of candidates(shape)) {
      owner[key] = value
      const plan = planOf(file)
      if (plan !== undefined) plans.add(plan)
      if (plans.size > 1) return true
    }
  }
  return false
}

describe('every key of the schema', () => {
  const all = [...new Map(leaves(root, '')).entries()]

  it('is looked at', () => assert.ok(all.length > 100, String(all.length)))

  it('changes the plan, or is named as unsupported', () => {
    assert.deepEqual(
      all.filter(([path, shape]) => !isRead(path, shape)).map(([path]) => path),
      [],
    )
  })

  it('that changed nothing would be found', () => assert.equal(isRead('limits.nothing', { type: 'number' }), false))
})

/** Everything that acts on a plan; views of it do not. */
const actors = [
  'engine',
  'launch',
  'run',
  'agents',
  'github',
  'action',
  'cli',
  'report',
  'journal',
  'process',
  'simulate',
]
const views = /^(?:plan-|explain|print)/

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile() && entry.name.endsWith('.ts') && !views.test(entry.name))
      yield readFileSync(join(entry.parentPath, entry.name), 'utf8')
}

/** Names of properties in the declarations of a file. */
function propertiesOf(file: string): string[] {
  const text = readFileSync(resolve(import.meta.dirname, '../../src/core', file), 'utf8')
  return [...text.matchAll(/^\s*(?:\| \{ )?readonly (\w+)\??:/gm)].map((match) => match[1] ?? '')
}

/** `default` is read when the inputs of a run are resolved, `ifCalls` by the explanation of a plan. */
const readElsewhere = new Set(['default', 'ifCalls'])

describe('every part of a plan', () => {
  const text = actors.flatMap((folder) => [...sources(resolve(import.meta.dirname, '../../src', folder))]).join('\n')
  const isUsed = (name: string): boolean => new RegExp(`(?:\\.|[{,]\\s*)${name}\\b(?!['\`])`).test(text)

  it('is read by something that acts on it', () => {
    const known = [...propertiesOf('plan.ts'), ...propertiesOf('instance.ts')]
    assert.ok(known.length > 60)
    assert.deepEqual(
      known.filter((name) => !isUsed(name) && !readElsewhere.has(name)),
      [],
    )
  })

  it('that nothing reads would be found', () => assert.equal(isUsed('neverReadByAnything'), false))
})
