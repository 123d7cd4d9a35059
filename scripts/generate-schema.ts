/**
 * Writes what is made of the zod schema of the orchestration file: the JSON Schema for editors, the validator's table
 * (so that a run need not load zod) and the reference page. `--check` fails when one of them is not what the schema says.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { orchestrationFile } from '../src/workflow/schema.ts'
import { renderReference, type Described } from './render-reference.ts'

const root = resolve(import.meta.dirname, '..')

/** One thing each instance does. */
const actions = ['prompt', 'prompt-file', 'run', 'command', 'sequence', 'parallel']

/** zod's output with the detours taken out: single `allOf`, references to references, bounds of safe integers. */
function tidy(node: unknown, definitions: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((item) => tidy(item, definitions))
  if (typeof node !== 'object' || node === null) return node
  const { allOf, ...rest }: Record<string, unknown> = { ...node }
  const [only] = Array.isArray(allOf) ? allOf : []
  const merged: Record<string, unknown> = { ...only, ...rest }
  const target = typeof merged['$ref'] === 'string' ? merged['$ref'].replace('#/definitions/', '') : ''
  if (target.startsWith('__schema')) {
    const { description: _, ...alias } = Object(definitions[target])
    return tidy({ ...alias, ...merged, $ref: alias.allOf?.[0]?.$ref ?? alias.$ref, allOf: undefined }, definitions)
  }
  const entries = Object.entries(merged)
    .filter(([key, value]) => value !== undefined && !(key === 'maximum' && value === Number.MAX_SAFE_INTEGER))
    .map(([key, value]) => [key, tidy(value, definitions)])
  return Object.fromEntries(entries)
}

/** The schema as the validator reads it: no descriptions, our own annotations kept. */
function tableOf(node: unknown): unknown {
  return mapNodes(node, (attributes) => without(attributes, ['description', '$schema']))
}

/** The schema as editors and ajv read it: only JSON Schema's own words. */
function publicOf(node: unknown, takesInputs = true): Record<string, unknown> {
  return Object(
    mapNodes(node, (attributes) => {
      const { perCell, extensions, unsupported, structure } = attributes
      const rest = without(attributes, [
        'mustBe',
        'text',
        'template',
        'perCell',
        'extensions',
        'unsupported',
        'partlyStatic',
        'structure',
      ])
      if (unsupported === true) rest['deprecationMessage'] = 'Not supported yet.'
      if (typeof extensions === 'string') rest['patternProperties'] = { [`^${extensions}`]: {} }
      const isNoText =
        /^(?:number|integer|boolean|object|array)$/.test(String(rest['type'])) ||
        rest['enum'] !== undefined ||
        rest['pattern'] !== undefined
      const isText = attributes['template'] === true || attributes['text'] === true
      if (perCell === undefined && (!isNoText || isText || !takesInputs || structure === true)) return rest
      const { description, ...shape } = rest
      return { ...(description !== undefined && { description }), anyOf: [shape, { $ref: '#/definitions/expression' }] }
    }),
  )
}

type Attributes = Record<string, unknown>

function without(attributes: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)))
}

/** Applies `change` to every schema in a schema, from the leaves up; maps of schemas by name are no schemas themselves. */
function mapNodes(node: unknown, change: (attributes: Attributes) => Attributes): unknown {
  if (Array.isArray(node)) return node.map((item) => mapNodes(item, change))
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).map(([key, value]) => {
    // Names are no values.
    if (key === 'propertyNames') return [key, value]
    if (key === 'properties' || key === 'definitions')
      return [key, Object.fromEntries(Object.entries(Object(value)).map(([name, of]) => [name, mapNodes(of, change)]))]
    return [key, mapNodes(value, change)]
  })
  return change(Object.fromEntries(entries))
}

function generate(): Map<string, string> {
  const raw: Record<string, unknown> = z.toJSONSchema(orchestrationFile, { io: 'input', target: 'draft-7' })
  const definitions: Record<string, unknown> = Object(raw['definitions'])
  const { definitions: _, ...top } = Object(tidy(raw, definitions))
  const kept = Object.entries(definitions).filter(([name]) => !name.startsWith('__schema'))
  const schema: Described = {
    ...top,
    definitions: Object.fromEntries(kept.map(([name, of]) => [name, tidy(of, definitions)])),
  }
  const forEditors = publicOf(schema)
  // The declaration of an input cannot read inputs.
  Object(forEditors['definitions'])['input'] = publicOf(schema.definitions?.['input'], false)
  const instance: Attributes = Object(Object(forEditors['definitions'])['instance'])
  // What an instance with variants does, they may say.
  instance['if'] = { required: ['strategy'], properties: { strategy: { type: 'object', required: ['variant'] } } }
  instance['else'] = { oneOf: actions.map((key) => ({ required: [key] })) }
  // The first alternative to an expression.
  const edge: Attributes = Object(Object(Object(forEditors['definitions'])['edge'])['anyOf']?.[0])
  edge['anyOf'] = ['instance', 'run'].map((key) => ({ required: [key] }))
  forEditors['title'] = 'Orchestration file'
  const { definitions: named, ...file } = Object(tableOf(schema))
  return new Map([
    ['schema/orchestrator.schema.json', `${JSON.stringify(forEditors, null, 2)}\n`],
    [
      'src/workflow/schema-table.ts',
      '/** The schema as the validator reads it, JSON; generated by `npm run docs` from `schema.ts`. */\n' +
        `export const fileTable =\n  ${quoted(file)}\n\n` +
        '/** What it refers to, by name. Apart, so that only what a file needs of it is parsed. */\n' +
        'export const definitionTables: Readonly<Record<string, string>> = {\n' +
        Object.entries(named)
          .map(([name, of]) => `  ${name}: ${quoted(of)},\n`)
          .join('') +
        '}\n',
    ],
    ['docs/reference.md', renderReference(schema)],
  ])
}

/** JSON as a string of the source. One character that is not Latin would make V8 keep each of them in two bytes. */
function quoted(value: unknown): string {
  const text = JSON.stringify(value)
    .replaceAll(/[\u0100-\uffff]/g, (wide) => `\\u${wide.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
  return `'${text}'`
}

const files = generate()
if (process.argv.includes('--check')) {
  const stale = [...files]
    .filter(([path, text]) => readFileSync(join(root, path), 'utf8') !== text)
    .map(([path]) => path)
  if (stale.length > 0) throw new Error(`stale, run \`npm run docs\`: ${stale.join(', ')}`)
} else for (const [path, text] of files) writeFileSync(join(root, path), text)
