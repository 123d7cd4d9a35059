import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPlace, run } from './command-line.ts'

const file = 'instances:\n  review: { runtime: claude, prompt: Hi. }\n'
const skip = process.platform === 'win32' ? 'the PATH is another there' : false

describe('a run that fails for want of something says how to get it', { skip }, () => {
  it('where the agent’s program is not installed', async () => {
    using place = createPlace({ 'ci.yml': file })
    const { code, out, err } = await run(place.path, ['run', 'ci.yml'], { PATH: '/usr/bin:/bin' })
    assert.equal(code, 1)
    assert.match(
      out + err,
      /the program "claude" was not found on the PATH; to install it: npm install -g @anthropic-ai\/claude-code/,
    )
  })

  it('where the agent has no key', async () => {
    using place = createPlace({ 'ci.yml': file })
    const { code, out, err } = await run(place.path, ['run', 'ci.yml'])
    assert.equal(code, 1)
    assert.match(
      out + err,
      /failure auth: .*log.*; to give it access: export ANTHROPIC_API_KEY=…, or claude setup-token; in a workflow, set it in `env` of the step/,
    )
  })

  it('but not where another program is missing', async () => {
    using place = createPlace({ 'ci.yml': 'instances:\n  a: { command: [no-such-program] }\n' })
    const { out, err } = await run(place.path, ['run', 'ci.yml'])
    assert.match(out + err, /the program "no-such-program" was not found on the PATH/)
    assert.doesNotMatch(out + err, /to install it/)
  })
})
