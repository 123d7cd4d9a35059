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

  it('may be a whole list or map, whose texts are no expressions', async () => {
    const lists = `inputs: { cmd: { required: true }, env: {} }
instances:
  a: { command: "\${{ fromJSON(inputs.cmd) }}", env: "\${{ fromJSON(inputs.env) }}" }
`
    using place = createPlace({ 'ci.yml': lists })
    const env = JSON.stringify({ SAID: '${{ github.workspace }}', COUNT: 3 })
    const args = ['--input', 'cmd=["printenv","SAID","COUNT"]', '--input', `env=${env}`]
    const { instances } = JSON.parse((await run(place.path, ['run', 'ci.yml', '--json', ...args])).out)
    assert.equal(instances[0].text, '${{ github.workspace }}\n3\n')
    const { code, err } = await run(place.path, ['run', 'ci.yml', '--input', 'cmd=["a"]', '--input', 'env=[]'])
    assert.equal(code, 2)
    assert.match(
      err,
      /ci\.yml:3:53: error.*`env` \(`\$\{\{ fromJSON\(inputs\.env\) \}\}`\) must be a map of variables, found a list/,
    )
  })

  it('is known to check and plan by the values they are given, and said to be missing without', async () => {
    const command = `inputs: { cmd: { required: true } }
instances:
  a: { command: "\${{ fromJSON(inputs.cmd) }}" }
  b: { run: echo, needs: a }
`
    using place = createPlace({ 'ci.yml': command })
    const given = await run(place.path, ['plan', 'ci.yml', '-i', 'cmd=["printenv","HOME"]'])
    assert.match(given.out, /2 instances[^]*\$ printenv HOME/)
    assert.equal(given.err, '')
    const without = await run(place.path, ['plan', 'ci.yml'])
    assert.equal(without.code, 0)
    assert.match(without.err, /What reads `cmd` is missing in this plan: give --input cmd=…/)
    assert.match((await run(place.path, ['check', 'ci.yml'])).err, /What reads `cmd` is missing in what was checked/)
    for (const name of ['check', 'plan']) {
      const empty = await run(place.path, [name, 'ci.yml', '-i', 'cmd=[]'])
      assert.equal(empty.code, 2)
      assert.match(empty.err + empty.out, /`command`.*is empty/)
      const unknown = await run(place.path, [name, 'ci.yml', '-i', 'cmdd=x'])
      assert.equal(unknown.code, 2)
      assert.match(unknown.err, /unknown input `cmdd`, did you mean `cmd`\?/)
    }
  })

  it('has the empty value of an optional input without a default, as at run time', async () => {
    const optional = `inputs: { slow: { type: boolean }, cli: {} }
instances:
  a: { run: echo, retry: "\${{ inputs.slow && 5 || 2 }}" }
  b: { run: echo, runtime: "\${{ inputs.cli || 'shell' }}" }
`
    using place = createPlace({ 'ci.yml': optional })
    assert.match((await run(place.path, ['plan', 'ci.yml'])).out, /a .*3 attempts/)
  })
})
