import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'

const module = resolve(import.meta.dirname, '../../src/process/remove-tree.ts')

/** Makes what Go leaves behind: directories that nothing can be removed from; prints what is left of it. */
const script = `
import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { removeTree, removeTreeSync } from ${JSON.stringify(module)}
for (const remove of [removeTree, removeTreeSync]) {
  const root = mkdtempSync('/tmp/remove-tree-')
  mkdirSync(root + '/go/pkg/mod', { recursive: true })
  writeFileSync(root + '/go/pkg/mod/file', '')
  for (const directory of ['/go/pkg/mod', '/go/pkg', '/go']) chmodSync(root + directory, 0o500)
  await remove(root)
  console.log(existsSync(root))
}
`

describe('what programs leave in their directories', { skip: process.platform === 'win32' }, () => {
  it('is removed, also what may not be written to', () => {
    // Root may write to anything.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      ...user,
      cwd: '/',
      encoding: 'utf8',
      env: {},
    })
    assert.deepEqual([stdout, stderr], ['false\nfalse\n', ''])
  })
})
