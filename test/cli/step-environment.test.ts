import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPlace, run } from './command-line.ts'

const file = `
instances:
  listed: { run: 'echo "listed $STAGE"', env-from: [STAGE] }
  read: { run: 'echo "read $WHERE"', env: { WHERE: "in \${{ env.STAGE }}" } }
  chosen: { run: echo chosen, if: env.STAGE == 'production' }
  left: { run: 'echo "left [$STAGE]"' }
`

describe('a plain variable of the step', () => {
  it('reaches who lists it and whose expressions read it, unmasked, and nobody else', async () => {
    using place = createPlace({ 'ci.yml': file })
    const { code, out } = await run(place.path, ['run', 'ci.yml', '--json'], { STAGE: 'production' })
    assert.equal(code, 0)
    const texts = JSON.parse(out).instances.map(({ id, text }: Record<string, string>) => [id, text?.trim()])
    assert.deepEqual(texts, [
      ['listed', 'listed production'],
      ['read', 'read in production'],
      ['chosen', 'chosen'],
      ['left', 'left []'],
    ])
  })

  it('that is not set is empty, as in Actions', async () => {
    using place = createPlace({ 'ci.yml': file })
    const { code, out } = await run(place.path, ['run', 'ci.yml', '--json'])
    assert.equal(code, 0)
    const report: { instances: { id: string; result: string; text: string }[] } = JSON.parse(out)
    assert.equal(report.instances.find(({ id }) => id === 'read')?.text, 'read in \n')
    assert.equal(report.instances.find(({ id }) => id === 'chosen')?.result, 'skipped')
  })
})

describe('a secret that is not set', () => {
  it('fails who needs it, by name and with the way to set it, and nobody else', async () => {
    using place = createPlace({
      'ci.yml': 'instances:\n  a: { run: "true", secrets: [NPM_TOKEN] }\n  b: { run: "true" }\n',
    })
    const { code, out } = await run(place.path, ['run', 'ci.yml'])
    assert.equal(code, 1)
    assert.match(out, /^✗ a failure spawn.*the secret NPM_TOKEN is not set: .*secrets\.NPM_TOKEN/m)
    assert.match(out, /^✓ b success/m)
    const given = await run(place.path, ['run', 'ci.yml'], { NPM_TOKEN: 'npm-0123456789' })
    assert.equal(given.code, 0, given.out)
  })
})
