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
      /failure auth: .*log.*; to give it access: export ANTHROPIC_API_KEY=…, or claude setup-token, or CLAUDE_CODE_USE_BEDROCK=1 for Amazon Bedrock, .*; in a workflow, set it in `env` of the step/,
    )
  })

  const clouds = [
    ['CLAUDE_CODE_USE_BEDROCK', 'ANTHROPIC_BEDROCK_BASE_URL', /chooses Amazon Bedrock, which needs AWS_REGION/],
    ['CLAUDE_CODE_USE_VERTEX', 'ANTHROPIC_VERTEX_BASE_URL', /chooses Google Vertex AI, which needs CLOUD_ML_REGION/],
    ['CLAUDE_CODE_USE_FOUNDRY', 'X', /chooses Microsoft Foundry, which needs ANTHROPIC_FOUNDRY_RESOURCE/],
  ] as const
  for (const [variable, base, expected] of clouds)
    it(`where the cloud of ${variable} has no credentials`, async () => {
      // Its libraries look for machines of their clouds.
      const alone =
        'AWS_EC2_METADATA_DISABLED: "true", METADATA_SERVER_DETECTION: none, GCE_METADATA_HOST: "127.0.0.1:9"'
      using place = createPlace({ 'ci.yml': file.replace(' }', `, env: { ${alone} } }`) })
      const env = {
        [variable]: '1',
        [base]: 'http://127.0.0.1:9',
        AWS_REGION: 'here',
        CLOUD_ML_REGION: 'here',
        ANTHROPIC_VERTEX_PROJECT_ID: 'p',
      }
      const { code, out, err } = await run(place.path, ['run', 'ci.yml'], env)
      assert.equal(code, 1)
      assert.match(out + err, /failure auth: /)
      assert.match(out + err, expected)
      assert.doesNotMatch(out + err, /export ANTHROPIC_API_KEY/)
      const doctor = await run(place.path, ['doctor', 'ci.yml'], env)
      assert.match(doctor.out, /claude credentials.*is checked only when it runs/)
    })

  it('but not where another program is missing', async () => {
    using place = createPlace({ 'ci.yml': 'instances:\n  a: { command: [no-such-program] }\n' })
    const { out, err } = await run(place.path, ['run', 'ci.yml'])
    assert.match(out + err, /the program "no-such-program" was not found on the PATH/)
    assert.doesNotMatch(out + err, /to install it/)
  })
})
