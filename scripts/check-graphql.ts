/**
 * Holds the GraphQL that the action sends against GitHub's published schema, and writes what passes to `test/rig/github-queries.json`, by which the
 * loopback GitHub of the tests knows it:
 *
 *   npm install --prefix DIR @octokit/graphql-schema graphql      # not dependencies: 8 MB
 *   RECORD_GRAPHQL=FILE npm test -- …                             # the loopback GitHub notes what it is asked
 *   node scripts/check-graphql.ts DIR FILE
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

/** What of the package `graphql` is used. */
interface Graphql {
  buildSchema(text: string, options: { readonly assumeValid: true; readonly assumeValidSDL: true }): unknown
  parse(text: string): { readonly definitions: readonly { readonly variableDefinitions?: unknown }[] }
  validate(schema: unknown, document: unknown): readonly Error[]
  getVariableValues(schema: unknown, definitions: unknown, values: unknown): { readonly errors?: readonly Error[] }
}

const [directory = '', recorded = ''] = process.argv.slice(2)
const require = createRequire(join(resolve(directory), 'none.js'))
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const { buildSchema, parse, validate, getVariableValues } = require('graphql') as Graphql
const published = join(resolve(directory), 'node_modules/@octokit/graphql-schema/schema.graphql')
// It defines two fields twice, and some as deprecated that an interface of theirs does not.
const schema = buildSchema(readFileSync(published, 'utf8'), { assumeValid: true, assumeValidSDL: true })

const queries = new Set<string>()
let wrong = 0
for (const line of readFileSync(recorded, 'utf8').trim().split('\n')) {
  const { query, variables } = JSON.parse(line) as { query: string; variables?: unknown }
  const document = parse(query)
  const problems = [...validate(schema, document)]
  for (const { variableDefinitions = [] } of document.definitions)
    problems.push(...(getVariableValues(schema, variableDefinitions, variables ?? {}).errors ?? []))
  for (const { message } of problems) console.error(`${message}\n  in ${query}\n  with ${JSON.stringify(variables)}`)
  wrong += problems.length
  if (problems.length === 0) queries.add(query.replaceAll(/\s+/g, ' ').trim())
}
const known = [...queries].toSorted()
writeFileSync(resolve(import.meta.dirname, '../test/rig/github-queries.json'), `${JSON.stringify(known, null, 2)}\n`)
console.log(`${known.length} queries that GitHub's schema knows, ${wrong} problems`)
process.exitCode = wrong === 0 ? 0 : 1
