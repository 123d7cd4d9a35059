import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { it } from 'node:test'

const root = resolve(import.meta.dirname, '../../src')

/** What of a file's imports is there before it runs: not types, and not what it imports later. */
const staticImport = /^(?:import|export) (?!type\b)[^;]*?from '([^']+)'/gm

/** Packages that files import, and those they import, with the way to each. */
function packagesOf(entry: string): Map<string, string> {
  const packages = new Map<string, string>()
  const ways = new Map([[resolve(root, entry), entry]])
  for (const [path, way] of ways)
    for (const [, target = ''] of readFileSync(path, 'utf8').matchAll(staticImport)) {
      const next = resolve(dirname(path), target)
      const name = `${way} → ${target}`
      if (!target.startsWith('.')) packages.set(target, name)
      else if (!ways.has(next)) ways.set(next, name)
    }
  return packages
}

for (const entry of ['cli/main.ts', 'cli/run/carry-out.ts', 'action/main.ts'])
  it(`${entry} loads the parser and the expressions of a file, and no other package`, () => {
    const others = [...packagesOf(entry)].filter(
      ([name]) => !name.startsWith('node:') && name !== 'yaml' && !name.startsWith('@actions/expressions'),
    )
    assert.deepEqual(others, [])
  })

/** What takes a start a millisecond or more and is not needed by one: what needs it asks for it when it does. */
const dear = ['node:crypto', 'node:http', 'node:https', 'node:http2', 'node:tls', 'node:worker_threads', 'node:v8']

for (const entry of ['cli/main.ts', 'cli/run/carry-out.ts', 'action/main.ts'])
  it(`${entry} loads no module of Node that is dear and not needed by a start`, () => {
    const packages = packagesOf(entry)
    assert.deepEqual(
      dear.flatMap((name) => packages.get(name) ?? []),
      [],
    )
  })
