import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createPlace, run } from './command-line.ts'

const file = `inputs:
  cli: { type: choice, options: [node, python], default: python }
  tries: { type: number, default: 1 }
instances:
  a:
    run: print(1) if 1 else 0
    runtime: \${{ inputs.cli }}
    if: inputs.cli == 'python'
  b: { run: echo x >> tries.txt; exit 1, retry: { attempts: "\${{ inputs.tries }}", backoff: 1ms }, needs: a }
`

describe('a value that is an expression over inputs', { concurrency: 2 }, () => {
  it('has the value that is given, or the default', async () => {
    using place = createPlace({ 'ci.yml': file })
    const usual = JSON.parse((await run(place.path, ['run', 'ci.yml', '--json'])).out)
    assert.equal(usual.instances[0].text, '1\n')
    assert.equal(readFileSync(join(place.path, 'tries.txt'), 'utf8'), 'x\n')
    rmSync(join(place.path, 'tries.txt'))
    assert.equal((await run(place.path, ['run', 'ci.yml', '--input', 'tries=3'])).code, 1)
    assert.equal(readFileSync(join(place.path, 'tries.txt'), 'utf8'), 'x\nx\nx\n')
  })

  it('is refused with its place where the value does not fit', async () => {
    using place = createPlace({ 'ci.yml': file })
    const { code, err } = await run(place.path, ['run', 'ci.yml', '--input', 'tries=0'])
    assert.equal(code, 2)
    assert.match(
      err,
      /ci\.yml:9:\d+: error.*`attempts` \(`\$\{\{ inputs\.tries \}\}`\) must be a whole number above 0, found 0/,
    )
  })
})
